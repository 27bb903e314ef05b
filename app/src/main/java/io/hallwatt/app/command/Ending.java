package io.hallwatt.app.command;

import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.summary.Summary;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.terminal.Terminal;

/** The end of a run: its summary, and whether its figures add up. */
final class Ending {
    private Ending() {}

    /** @return the exit code: 0 if everything that was accepted is counted once and all energy is accounted for */
    static int tell(Summary summary, boolean drained, boolean json, Terminal terminal) {
        if (json) {
            terminal.out().println(SummaryJson.write(summary));
        }
        long accepted = summary.readings().accepted();
        long counted = summary.aggregated().sum();
        terminal.say("readings  sent %,d = accepted %,d + rejected %,d"
                .formatted(
                        summary.readings().sent(), accepted, summary.readings().sent() - accepted));
        terminal.say("counted   %,d + %,d duplicates + %,d late = %,d"
                .formatted(
                        summary.aggregated().readings(),
                        summary.aggregated().duplicates(),
                        summary.aggregated().late(),
                        counted));
        Summary.Energy energy = summary.energy();
        long booked = energy.hourlyMilliwattHours() + energy.openMilliwattHours();
        terminal.say("energy    registers %,d mWh = hours %,d + open %,d"
                .formatted(
                        energy.registersMilliwattHours(), energy.hourlyMilliwattHours(), energy.openMilliwattHours()));
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
}
