package io.hallwatt.app.command;

import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.rule.Twin;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.contract.config.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules export}. */
@Command(
        name = "export",
        description = {
            "Write a rule file as plain Prometheus (2.42 and later) loads it.",
            "What Prometheus does not know is left out, and a comment says what is lost by that."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt rules export rules.yaml --out prometheus-rules.yaml",
            "  hallwatt rules export            the rules that come with hallwatt, to the terminal"
        })
final class RulesExport implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Rule file; without it the rules that come with hallwatt.")
    private @Nullable Path file;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to; without it to the terminal.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Hallwatt hallwatt = Hallwatt.of(spec);
        String twin = file == null
                ? Twin.of(RuleSet.DEFAULT_FILE, RuleSet.defaultText())
                : Twin.of(String.valueOf(file.getFileName()), StageOptions.text(file));
        if (out == null) {
            hallwatt.terminal().out().print(twin);
            hallwatt.terminal().out().flush();
            return 0;
        }
        try {
            Files.writeString(out, twin);
        } catch (IOException e) {
            throw new InvalidInput(List.of(
                    "%s: cannot be written (%s); give --out a file in a folder that is there".formatted(out, e)));
        }
        hallwatt.terminal().out().println("written: " + out);
        return 0;
    }
}
