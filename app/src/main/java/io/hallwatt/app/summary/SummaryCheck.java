package io.hallwatt.app.summary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Whether the figures of a summary add up: what every run promises. Works on the JSON alone, as anyone could. */
public final class SummaryCheck {
    private SummaryCheck() {}

    /** @return one sentence, with both figures, for each promise that does not hold; empty: all do */
    public static List<String> faults(JsonNode summary) {
        List<String> faults = new ArrayList<>();
        long sent = number(summary, "/readings/sent", faults);
        long accepted = number(summary, "/readings/accepted", faults);
        long rejected = 0;
        for (JsonNode count : summary.at("/readings/rejected")) {
            rejected += count.longValue();
        }
        long counted = number(summary, "/aggregated/readings", faults)
                + number(summary, "/aggregated/duplicates", faults)
                + number(summary, "/aggregated/late", faults);
        long registers = number(summary, "/energy/registersMilliwattHours", faults);
        long booked = number(summary, "/energy/hourlyMilliwattHours", faults)
                + number(summary, "/energy/openMilliwattHours", faults);
        long windows = number(summary, "/windows/1s", faults)
                + number(summary, "/windows/1m", faults)
                + number(summary, "/windows/15m", faults)
                + number(summary, "/windows/1h", faults);
        long lag = number(summary, "/lag/end", faults);
        if (faults.isEmpty()) {
            hold(sent > 0, faults, "nothing was sent");
            hold(
                    sent == accepted + rejected,
                    faults,
                    "sent " + sent + ", but accepted + rejected " + (accepted + rejected));
            hold(accepted == counted, faults, "accepted " + accepted + ", but counted, duplicate and late " + counted);
            hold(registers == booked, faults, "registers " + registers + " mWh, but hours + open " + booked + " mWh");
            hold(windows > 0, faults, "no window was closed");
            hold(lag == 0, faults, "lag at the end " + lag + ", not 0");
        }
        return faults;
    }

    private static void hold(boolean holds, List<String> faults, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    private static long number(JsonNode summary, String path, List<String> faults) {
        JsonNode node = summary.at(path);
        if (!node.isIntegralNumber()) {
            faults.add("%s is %s, not a whole number".formatted(path, node.isMissingNode() ? "missing" : node));
        }
        return node.longValue();
    }
}
