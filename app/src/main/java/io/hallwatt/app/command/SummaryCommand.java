package io.hallwatt.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.app.summary.SummaryCheck;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.summary.SummaryWishes;
import io.hallwatt.app.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
        footer = {
            "  hallwatt demo --for 60s --json >run.json",
            "  hallwatt summary check run.json",
            "  hallwatt summary check run.json --first-metric-within 10s --latencies \\",
            "      --alert RackFeedOverload=resolved"
        })
public final class SummaryCommand {
    /** {@code summary check}. */
    @Command(
            name = "check",
            description = {
                "Say whether a run's figures add up.",
                "Accepted readings counted once, energy in hours and open, no lag; and what else is asked of it."
                        + " Exits with 1 if not."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "What demo --json or replay --json wrote.")
        private Path file = Path.of("");

        @Option(
                names = "--first-metric-within",
                paramLabel = "DURATION",
                converter = DurationText.class,
                description = "The first hall metric came so soon after the start.")
        private @Nullable Duration firstMetricWithin;

        @Option(
                names = "--alert",
                paramLabel = "RULE=STATE",
                description =
                        "The rule fired (RULE=fired), or fired and was resolved (RULE=resolved); may be repeated.")
        private Map<String, SummaryWishes.Came> alerts = new LinkedHashMap<>();

        @Option(names = "--latencies", description = "Latencies to metric and alert were measured.")
        private boolean latencies;

        @Override
        public Integer call() {
            Terminal terminal = Hallwatt.of(spec).terminal();
            JsonNode summary = SummaryJson.read(file.toString(), ConfigFile.text(file, "summary", "the name"));
            List<String> faults = new ArrayList<>(SummaryCheck.faults(summary));
            faults.addAll(new SummaryWishes(firstMetricWithin, alerts, latencies).faults(summary));
            faults.forEach(fault -> terminal.say(file + ": " + fault));
            if (faults.isEmpty()) {
                terminal.out().println(file + ": adds up");
            }
            return faults.isEmpty() ? 0 : Hallwatt.DOES_NOT_HOLD;
        }
    }
}
