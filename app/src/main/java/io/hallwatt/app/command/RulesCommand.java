package io.hallwatt.app.command;

import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.contract.config.InvalidInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hallwatt rules check | export}. */
@Command(
        name = "rules",
        description = "Check alert rules, and export them to Prometheus.",
        synopsisSubcommandLabel = "check | export",
        mixinStandardHelpOptions = true,
        subcommands = {RulesCommand.Check.class, RulesExport.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt rules check rules.yaml more.yaml",
            "  hallwatt rules export rules.yaml --out prometheus-rules.yaml"
        })
public final class RulesCommand {
    /** {@code rules check}. */
    @Command(
            name = "check",
            description = {
                "Show every fault of rule files, as file:line:column: what, remedy.",
                "Exits with 1 if there is one, with 2 if a file cannot be read."
            },
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", arity = "1..*", description = "Rule files.")
        private List<Path> files = new ArrayList<>();

        @Override
        public Integer call() {
            Hallwatt hallwatt = Hallwatt.of(spec);
            allReadable();
            try {
                RuleSet rules = StageOptions.read(files);
                hallwatt.terminal()
                        .out()
                        .println("good: %s in %s"
                                .formatted(count(rules.rules().size(), "rule"), count(files.size(), "file")));
                return 0;
            } catch (InvalidInput e) {
                e.faults().forEach(hallwatt.terminal()::say);
                return Hallwatt.DOES_NOT_HOLD;
            }
        }

        private static String count(int number, String noun) {
            return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
        }

        /** A file that cannot be read is bad input, as everywhere; only what a rule file says does not hold. */
        private void allReadable() {
            List<String> faults = new ArrayList<>();
            for (Path file : files) {
                try {
                    StageOptions.text(file);
                } catch (InvalidInput e) {
                    faults.addAll(e.faults());
                }
            }
            if (!faults.isEmpty()) {
                throw new InvalidInput(faults);
            }
        }
    }
}
