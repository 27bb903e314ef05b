package io.hallwatt.aggregate.site;

import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a hall's task tells its site's task, over the stage's own topic. On the wire: one letter, then the record's JSON, or the hall's id. */
public sealed interface HallReport {
    /** The hall closed a window; it will close no earlier one of that resolution. */
    record Closed(HallMetrics metrics) implements HallReport {
        /** Of all metrics of a hall those that its site adds up: a quarter of them. */
        public static Closed of(HallMetrics metrics) {
            return new Closed(metrics.only(SiteWindow.ADDED));
        }
    }

    /** The hall closed, or restated, an hour. */
    record Hour(EnergyHour hour) implements HallReport {}

    /** The hall's input ended: all its windows are closed. */
    record Ended(HallId hall) implements HallReport {}

    default byte[] write() {
        return switch (this) {
            case Closed closed -> lettered('m', Codecs.HALL_METRICS.write(closed.metrics()));
            case Hour hour -> lettered('h', Codecs.ENERGY_HOUR.write(hour.hour()));
            case Ended ended -> lettered('e', ended.hall().text().getBytes(StandardCharsets.UTF_8));
        };
    }

    /** @throws Malformed if the bytes are no such report */
    static HallReport read(byte[] bytes) throws Malformed {
        byte[] rest = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
        return switch (bytes.length == 0 ? ' ' : (char) bytes[0]) {
            case 'm' -> new Closed(Codecs.HALL_METRICS.read(rest));
            case 'h' -> new Hour(Codecs.ENERGY_HOUR.read(rest));
            case 'e' -> new Ended(new HallId(new String(rest, StandardCharsets.UTF_8)));
            default -> throw new Malformed(RejectCode.MALFORMED, "no hall report: starts with none of m, h, e");
        };
    }

    private static byte[] lettered(char letter, byte[] rest) {
        byte[] bytes = new byte[rest.length + 1];
        bytes[0] = (byte) letter;
        System.arraycopy(rest, 0, bytes, 1, rest.length);
        return bytes;
    }
}
