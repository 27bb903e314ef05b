package io.hallwatt.ingest.simulate;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Who reports when: every device once an interval, each with an offset of its own that spreads the devices evenly over it. Rounds start on whole
 * seconds (or whole intervals, where those are longer).
 */
final class Timetable {
    private static final double GOLDEN = 0.6180339887498949;

    private final long intervalMicros;
    private final long[] offsetMicros; // ascending
    private final int[] devices; // in that order

    Timetable(int count, double rateHz) {
        this.intervalMicros = Math.round(1e6 / rateHz);
        double[] part = new double[count];
        for (int i = 0; i < count; i++) {
            part[i] = i * GOLDEN - Math.floor(i * GOLDEN);
        }
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> part[i]).thenComparing(i -> i));
        this.devices = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        this.offsetMicros = Arrays.stream(devices)
                .mapToLong(i -> (long) (part[i] * intervalMicros))
                .toArray();
    }

    int slots() {
        return devices.length;
    }

    int device(int slot) {
        return devices[slot];
    }

    /** When a slot of a round reports, ms after the timetable's start. */
    long millis(long round, int slot) {
        return (round * intervalMicros + offsetMicros[slot]) / 1000;
    }

    /** The round that is on at a time. */
    long round(long millis) {
        return Math.floorDiv(millis * 1000, intervalMicros);
    }

    /** Time between two reports of a device, to the millisecond that readings carry. */
    static Duration interval(double rateHz) {
        return Duration.ofMillis(Math.round(1000 / rateHz));
    }

    /** Where rounds may start: whole seconds, or whole intervals. */
    static long aligned(long epochMillis, double rateHz) {
        long grid = Math.max(1000, Math.round(1000 / rateHz));
        return Math.floorDiv(epochMillis, grid) * grid;
    }
}
