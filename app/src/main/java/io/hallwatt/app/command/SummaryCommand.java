package io.hallwatt.app.command;

import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.app.summary.SummaryCheck;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hallwatt summary check}. */
@Command(
        name = "summary",
        description = "Check the JSON summary of a run.",
        synopsisSubcommandLabel = "check",
        mixinStandardHelpOptions = true,
        subcommands = SummaryCommand.Check.class,
        footerHeading = "%nExamples:%n",
        footer = {"  hallwatt demo --for 60s --json >run.json", "  hallwatt summary check run.json"})
public final class SummaryCommand {
    /** {@code summary check}. */
    @Command(
            name = "check",
            description = {
                "Say whether a run's figures add up: accepted readings counted once,",
                "energy in hours and open, no lag. Exits with 1 if not."
            },
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "What demo --json or replay --json wrote.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            Terminal terminal = Hallwatt.of(spec).terminal();
            List<String> faults = SummaryCheck.faults(
                    SummaryJson.read(file.toString(), ConfigFile.text(file, "summary", "the name")));
            faults.forEach(fault -> terminal.say(file + ": " + fault));
            if (faults.isEmpty()) {
                terminal.out().println(file + ": adds up");
            }
            return faults.isEmpty() ? 0 : Hallwatt.DOES_NOT_HOLD;
        }
    }
}
