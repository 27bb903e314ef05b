package io.hallwatt.app.command;

import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.rule.Twin;
import io.hallwatt.alerting.rule.TwinIntervals;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.contract.config.FileTrouble;
import io.hallwatt.contract.config.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
            "  hallwatt rules export rules.yaml --scrape-interval 5s --evaluation-interval 5s",
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

    @Option(
            names = "--scrape-interval",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "How often your Prometheus scrapes, for the warnings (default: 1m, as its own).")
    private Duration scrape = TwinIntervals.USUAL;

    @Option(
            names = "--evaluation-interval",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "How often it evaluates groups that name no interval (default: 1m, as its own).")
    private Duration evaluation = TwinIntervals.USUAL;

    @Override
    public Integer call() {
        Hallwatt hallwatt = Hallwatt.of(spec);
        String name = file == null ? RuleSet.DEFAULT_FILE : file.toString();
        String rules = file == null ? RuleSet.defaultText() : StageOptions.text(file);
        String twin = Twin.of(name, rules);
        TwinIntervals.of(name, rules, scrape, evaluation)
                .forEach(sentence -> hallwatt.terminal().say("warning: " + sentence));
        if (out == null) {
            hallwatt.terminal().out().print(twin);
            hallwatt.terminal().out().flush();
            return 0;
        }
        try {
            Files.writeString(out, twin);
        } catch (IOException e) {
            throw new InvalidInput("%s: cannot be written: %s; give --out a file in a folder that is there"
                    .formatted(out, FileTrouble.of(e)));
        }
        hallwatt.terminal().out().println("written: " + out);
        return 0;
    }
}
