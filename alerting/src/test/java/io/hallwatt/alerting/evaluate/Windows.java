package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Closed windows of the site {@code s1} and its hall {@code h01}, whose racks are {@code r001} and on. */
public final class Windows {
    public static final Instant START = Instant.parse("2026-01-15T12:00:00Z");

    private Windows() {}

    /** @param number the window that starts so many windows after {@link #START} */
    public static Window window(Resolution resolution, int number) {
        return new Window(START.plus(resolution.length().multipliedBy(number)), resolution);
    }

    public static HallMetrics hall(Resolution resolution, int number, Quantities quantities) {
        return new HallMetrics(new SiteId("s1"), new HallId("h01"), window(resolution, number), 0, 1, quantities);
    }

    public static SiteMetrics site(Resolution resolution, int number, Quantities quantities) {
        return new SiteMetrics(new SiteId("s1"), window(resolution, number), 0, 1, quantities);
    }

    /** Racks with one column; NaN stands for a rack without a value. */
    public static RackFrame racks(int number, Metric metric, String key, double... values) {
        return racks(number, Map.of(new RackFrame.Column(metric, key), values), values.length);
    }

    public static RackFrame racks(int number, Map<RackFrame.Column, double[]> columns, int count) {
        return racks(window(Resolution.SECOND, number), columns, count);
    }

    public static RackFrame minuteOfRacks(int number, Map<RackFrame.Column, double[]> columns, int count) {
        return racks(window(Resolution.MINUTE, number), columns, count);
    }

    private static RackFrame racks(Window window, Map<RackFrame.Column, double[]> columns, int count) {
        List<RackId> racks = java.util.stream.IntStream.rangeClosed(1, count)
                .mapToObj(i -> new RackId("r%03d".formatted(i)))
                .toList();
        return new RackFrame(new SiteId("s1"), new HallId("h01"), window, 0, racks, new HashMap<>(columns));
    }
}
