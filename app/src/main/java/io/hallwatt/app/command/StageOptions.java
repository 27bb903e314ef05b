package io.hallwatt.app.command;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.reload.RuleFiles;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.app.config.SettingDefaults;
import io.hallwatt.app.config.StageConfig;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.ingest.IngestConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How the stages are set, for commands that run some of them. */
public final class StageOptions {
    /** The stages' sections of a configuration file, with what stands where nothing is set. */
    public static final Map<String, Record> DEFAULTS = Map.of(
            "ingest", IngestConfig.DEFAULTS,
            "aggregate", AggregateConfig.DEFAULTS,
            "alerting", AlertingConfig.DEFAULTS);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--set",
            paramLabel = "STAGE.KEY=VALUE",
            description = "A stage's setting, as aggregate.grace=5s; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            split = ",",
            description =
                    "Alert rules in place of those that come with hallwatt; may be repeated, and be a pattern: 'rules/*.yaml'.")
    private List<String> rules = new ArrayList<>();

    @Option(
            names = "--maintenance",
            paramLabel = "FILE",
            description = "Times of planned work: alerts that begin to fire in one are recorded, and nobody is told.")
    private @Nullable Path maintenance;

    public Hallwatt hallwatt() {
        return Hallwatt.of(spec);
    }

    public IngestConfig ingest() {
        return config("ingest", IngestConfig.DEFAULTS);
    }

    public AggregateConfig aggregate(AggregateConfig defaults) {
        return config("aggregate", defaults);
    }

    public AlertingConfig alerting(AlertingConfig defaults) {
        return config("alerting", defaults);
    }

    /**
     * Where the rules come from; they have been read once.
     *
     * @throws InvalidInput with every fault of every file
     */
    public RuleSource rules() {
        RuleSource source = new RuleFiles(rules, maintenance);
        source.read();
        return source;
    }

    static RuleSet read(List<Path> files) {
        List<String> faults = new ArrayList<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (Path file : files) {
            try {
                texts.put(file.toString(), text(file));
            } catch (InvalidInput e) {
                faults.addAll(e.faults());
            }
        }
        try {
            RuleSet all = RuleSet.read(texts);
            if (faults.isEmpty()) {
                return all;
            }
        } catch (InvalidInput e) {
            faults.addAll(e.faults());
        }
        throw new InvalidInput(faults);
    }

    static String text(Path file) {
        return ConfigFile.text(file, "rule", "the name");
    }

    private <R extends Record> R config(String stage, R defaults) {
        ConfigFile file = ((SettingDefaults) spec.root().defaultValueProvider()).file();
        StageConfig config = new StageConfig(file, Hallwatt.of(spec).environment(), settings);
        config.check(DEFAULTS);
        return config.of(stage, defaults);
    }
}
