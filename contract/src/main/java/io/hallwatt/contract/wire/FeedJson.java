package io.hallwatt.contract.wire;

import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.PhaseReading;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feed: {@code {"registerMilliwattHours":1,"volts":[230,230,230],"amps":[41,41,41],"watts":[9300,9300,9300]}}, one value a phase. Where the device gives
 * only the total, {@code "watts":27900}; where it gives both, {@code "totalWatts":27900} beside the phases.
 */
final class FeedJson {
    private static final int MOST_PHASES = 3;

    private static final byte[] REGISTER = JsonBytes.name("registerMilliwattHours");
    private static final byte[] VOLTS = JsonBytes.name("volts");
    private static final byte[] AMPS = JsonBytes.name("amps");
    private static final byte[] WATTS = JsonBytes.name("watts");
    private static final byte[] TOTAL_WATTS = JsonBytes.name("totalWatts");

    private FeedJson() {}

    static void write(byte[] name, @Nullable FeedReading feed, JsonBytes out) {
        if (feed == null) {
            return;
        }
        out.field(name).raw('{');
        ReadingCodec.writeWhole(REGISTER, feed.registerMilliwattHours(), out);
        List<PhaseReading> phases = feed.phases();
        if (phases.isEmpty()) {
            ReadingCodec.writeNumber(WATTS, feed.watts(), out);
        } else {
            int count = phases.size();
            out.field(VOLTS);
            for (int i = 0; i < count; i++) {
                out.raw(i == 0 ? '[' : ',').number(phases.get(i).volts());
            }
            out.raw(']').field(AMPS);
            for (int i = 0; i < count; i++) {
                out.raw(i == 0 ? '[' : ',').number(phases.get(i).amps());
            }
            out.raw(']').field(WATTS);
            for (int i = 0; i < count; i++) {
                out.raw(i == 0 ? '[' : ',').number(phases.get(i).watts());
            }
            out.raw(']');
            ReadingCodec.writeNumber(TOTAL_WATTS, feed.watts(), out);
        }
        out.raw('}');
    }

    static @Nullable FeedReading read(JsonCursor in) throws IOException, Malformed {
        if (!in.object()) {
            return null;
        }
        Long register = null;
        double[] volts = new double[MOST_PHASES];
        double[] amps = new double[MOST_PHASES];
        double[] watts = new double[MOST_PHASES];
        int voltCount = 0;
        int ampCount = 0;
        int wattCount = 0;
        Double total = null;
        int seen = 0;
        Set<String> others = null;
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "registerMilliwattHours" -> {
                    seen = in.once(seen, 0);
                    register = in.whole();
                }
                case "volts" -> {
                    seen = in.once(seen, 1);
                    voltCount = phases(in, volts);
                }
                case "amps" -> {
                    seen = in.once(seen, 2);
                    ampCount = phases(in, amps);
                }
                case "watts" -> {
                    seen = in.once(seen, 3);
                    if (in.list()) {
                        wattCount = in.numbers(watts);
                    } else {
                        total = in.numberHere();
                    }
                }
                case "totalWatts" -> {
                    seen = in.once(seen, 4);
                    Double stated = in.number();
                    total = stated == null ? total : stated;
                }
                default -> others = in.skip(others);
            }
        }
        int count = Math.max(voltCount, Math.max(ampCount, wattCount));
        in.required(voltCount == 0 && count > 0 ? null : volts, "volts");
        in.required(ampCount == 0 && count > 0 ? null : amps, "amps");
        in.required(wattCount == 0 && count > 0 ? null : watts, "watts");
        if (voltCount != count || ampCount != count || wattCount != count) {
            throw in.malformed("%d volts, %d amps and %d watts: give one of each a phase"
                    .formatted(voltCount, ampCount, wattCount));
        }
        return new FeedReading(register, total, phases(count, volts, amps, watts));
    }

    private static int phases(JsonCursor in, double[] values) throws IOException, Malformed {
        if (in.list()) {
            return in.numbers(values);
        }
        if (in.isNull()) {
            return 0;
        }
        throw in.malformed("a list with a value for each phase belongs here");
    }

    private static List<PhaseReading> phases(int count, double[] volts, double[] amps, double[] watts) {
        return switch (count) {
            case 0 -> List.of();
            case 1 -> List.of(phase(0, volts, amps, watts));
            case 2 -> List.of(phase(0, volts, amps, watts), phase(1, volts, amps, watts));
            default ->
                List.of(phase(0, volts, amps, watts), phase(1, volts, amps, watts), phase(2, volts, amps, watts));
        };
    }

    private static PhaseReading phase(int i, double[] volts, double[] amps, double[] watts) {
        return new PhaseReading(volts[i], amps[i], watts[i]);
    }
}
