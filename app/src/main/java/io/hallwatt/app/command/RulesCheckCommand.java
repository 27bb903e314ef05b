package io.hallwatt.app.command;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.maintenance.MaintenanceCheck;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleCheck;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.config.Count;
import io.hallwatt.contract.config.InvalidInput;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules check}. */
@Command(
        name = "check",
        description = {
            "Show every fault of rule files, with its place and remedy.",
            "As file:line:column: alert: what, remedy. Exits with 1 if there is one, with 2 if a file cannot be read."
                    + " Warnings, of bounds that no value reaches and the like, change nothing in that."
        },
        mixinStandardHelpOptions = true)
final class RulesCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Rule files, looked at as one set.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--maintenance",
            paramLabel = "FILE",
            description = "Check this file of planned work too, by itself or beside the rules.")
    private @Nullable Path maintenance;

    @Mixin
    private ModelOption model = new ModelOption();

    @Override
    public Integer call() {
        if (files.isEmpty() && maintenance == null) {
            throw new InvalidInput("Name the rule files to check, or a file of planned work with --maintenance.");
        }
        if (model.isNamed() && maintenance == null) {
            throw new InvalidInput(
                    "--site: only planned work is checked against the site's model. Name its file with --maintenance too, or leave --site out.");
        }
        Map<String, String> rules = new LinkedHashMap<>();
        Map<String, String> planned = new LinkedHashMap<>();
        readAll(rules, planned);
        RuleCheck check = RuleCheck.of(rules);
        List<String> faults = new ArrayList<>(check.faults());
        List<String> warnings = new ArrayList<>(check.warnings());
        List<String> counts = new ArrayList<>();
        if (!files.isEmpty()) {
            counts.add("%s in %s".formatted(Count.of(check.rules().size(), "rule"), Count.of(files.size(), "file")));
        }
        ZoneId zone = model.zone();
        planned.forEach((name, text) -> {
            MaintenanceCheck found = MaintenanceCheck.of(name, text, names(check.rules()), zone);
            faults.addAll(found.faults());
            warnings.addAll(found.warnings());
            counts.add(Count.of(found.maintenance().windows().size(), "window") + " of planned work");
        });
        Terminal terminal = Hallwatt.of(spec).terminal();
        faults.forEach(terminal::say);
        warnings.forEach(terminal::say);
        if (!faults.isEmpty()) {
            return Hallwatt.DOES_NOT_HOLD;
        }
        terminal.out()
                .println("good: %s%s"
                        .formatted(
                                String.join(", ", counts),
                                warnings.isEmpty() ? "" : "; " + Count.of(warnings.size(), "warning")));
        new RuleSet(check.rules()).notes().forEach(note -> terminal.out().println("note: " + note));
        return 0;
    }

    /** With the one that stands for rules that see nothing; none where no rules were named. */
    private static Set<String> names(List<Rule> rules) {
        Set<String> names = rules.stream().map(Rule::alert).collect(Collectors.toSet());
        if (!names.isEmpty()) {
            names.add(Alert.BLIND);
        }
        return names;
    }

    /** A file that cannot be read is bad input, as everywhere; only what a file says does not hold. */
    private void readAll(Map<String, String> rules, Map<String, String> planned) {
        List<String> faults = new ArrayList<>();
        files.forEach(file -> read(file, StageOptions::text, rules, faults));
        if (maintenance != null) {
            read(maintenance, file -> ConfigFile.text(file, "maintenance", "--maintenance"), planned, faults);
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
    }

    private static void read(Path file, Function<Path, String> text, Map<String, String> into, List<String> faults) {
        try {
            into.put(file.toString(), text.apply(file));
        } catch (InvalidInput e) {
            faults.addAll(e.faults());
        }
    }
}
