package io.hallwatt.app.command;

import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.reload.RuleFiles;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.config.StageConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rules and which planned work, for commands that hold them against what was. */
final class RuleOptions {
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
            description = "Times of planned work, as the stage was given them.")
    private @Nullable Path maintenance;

    /** Whether any were named. */
    boolean named() {
        return !rules.isEmpty();
    }

    /** The files as they were named. */
    List<String> files() {
        return List.copyOf(rules);
    }

    /** Those that were named, else those that come with hallwatt. */
    RuleSet read(KafkaOptions options) {
        return read(rules, options);
    }

    /** Other rules, with the same planned work; damped as the stage is that runs with the same configuration. */
    RuleSet read(List<String> files, KafkaOptions options) {
        return new RuleFiles(files, maintenance)
                .read()
                .damped(new StageConfig(options.file(), options.hallwatt().environment(), Map.of())
                        .of("alerting", AlertingConfig.DEFAULTS)
                        .flapDamping());
    }
}
