package io.hallwatt.app.command;

import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.summary.Summary;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.terminal.Terminal;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The end of a run: its summary, and whether its figures add up. */
final class Ending {
    private Ending() {}

    /** Says that it begins; on a line of its own, since a terminal shows the keys that asked for it as {@code ^C}. */
    static void announce(Terminal terminal) {
        if (terminal.interactive()) {
            terminal.say("");
        }
        terminal.say("Ending: counting what is under way …");
    }

    /** @return the exit code: 0 if everything that was accepted is counted once and all energy is accounted for */
    static int tell(Summary summary, boolean drained, boolean json, Terminal terminal) {
        if (json) {
            terminal.out().println(SummaryJson.write(summary));
        }
        long accepted = summary.readings().accepted();
        long counted = summary.aggregated().sum();
        terminal.say("readings  sent %,d = accepted %,d + rejected %,d%s"
                .formatted(
                        summary.readings().sent(),
                        accepted,
                        summary.readings().sent() - accepted,
                        codes(summary.readings().rejected())));
        terminal.say("counted   %,d + %,d duplicates + %,d late = %,d"
                .formatted(
                        summary.aggregated().readings(),
                        summary.aggregated().duplicates(),
                        summary.aggregated().late(),
                        counted));
        if (summary.aggregated().late() > 0) {
            terminal.say(
                    "late      came after their second was closed: not in the powers and temperatures of seconds and minutes, but in the energy of the hours.");
            terminal.say(
                    "          Give the machine more time (it may be busy), or windows more patience: --set aggregate.grace=5s (docs/runbooks/late-readings.md).");
        }
        Summary.Energy energy = summary.energy();
        long booked = energy.hourlyMilliwattHours() + energy.openMilliwattHours();
        terminal.say("energy    registers %,d mWh = hours %,d + open %,d"
                .formatted(
                        energy.registersMilliwattHours(), energy.hourlyMilliwattHours(), energy.openMilliwattHours()));
        renewable(summary.renewable()).ifPresent(terminal::say);
        if (!drained) {
            terminal.say("hallwatt: ended before everything was counted; a start on the same --data-dir goes on.");
        } else if (accepted != counted || energy.registersMilliwattHours() != booked) {
            terminal.say(
                    "hallwatt: the figures do not add up: %,d accepted and %,d counted, %,d mWh and %,d mWh booked."
                            .formatted(accepted, counted, energy.registersMilliwattHours(), booked));
        }
        return drained && accepted == counted && energy.registersMilliwattHours() == booked
                ? 0
                : Hallwatt.DOES_NOT_HOLD;
    }

    /** {@code  (UNKNOWN_DEVICE 180,000, OUT_OF_RANGE 2)}, the most frequent first; empty where nothing was rejected. */
    private static String codes(SortedMap<String, Long> rejected) {
        String codes = rejected.entrySet().stream()
                .filter(code -> code.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(code -> String.format(Locale.ROOT, "%s %,d", code.getKey(), code.getValue()))
                .collect(Collectors.joining(", "));
        return codes.isEmpty() ? "" : " (" + codes + ")";
    }

    private static Optional<String> renewable(Summary.Renewable renewable) {
        int hours = renewable.hoursCounted();
        return hours == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "renewable matched %,d mWh of load %,d in %,d %s: hourly %s, annual %s",
                        renewable.matchedMilliwattHours(),
                        renewable.loadMilliwattHours(),
                        hours,
                        hours == 1 ? "hour" : "hours",
                        percent(renewable.hourlyShare()),
                        percent(renewable.annualShare())));
    }

    private static String percent(@Nullable BigDecimal share) {
        return share == null ? "?" : String.format(Locale.ROOT, "%.1f %%", share.movePointRight(2));
    }
}
