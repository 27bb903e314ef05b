package io.hallwatt.aggregate.energy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The meters of a book: first those of the site model, then those that left it and whose hours can still change (ADR 8).
 *
 * @param meters                by index
 * @param expected              how many of them the site model has
 * @param since                 of those that came to the site model while the book was kept: from when on they are expected, epoch ms
 * @param departedMilliwattHours what those gave whose hours are all final, and which are no longer among the meters
 */
record Roster(List<MeterSpec> meters, int expected, Map<String, Long> since, long departedMilliwattHours) {
    Roster {
        meters = List.copyOf(meters);
        since = Map.copyOf(since);
    }

    static Roster of(List<MeterSpec> meters) {
        return new Roster(meters, meters.size(), Map.of(), 0);
    }

    List<MeterSpec> expectedMeters() {
        return meters.subList(0, expected);
    }

    /** Whether the site model has the meter, and had it at {@code start}. */
    boolean expects(int meter, long start) {
        return meter < expected && (since.isEmpty() || since(meter) <= start);
    }

    /** From when on the meter is expected, epoch ms; below all times where it always was. */
    long since(int meter) {
        return since.getOrDefault(meters.get(meter).name(), Long.MIN_VALUE);
    }

    /**
     * With the site model's meters of today; whoever is not among them stays behind them.
     *
     * @param joined those that are new are expected from here on, epoch ms; {@link Long#MIN_VALUE}: always
     */
    Roster with(List<MeterSpec> model, long joined) {
        Set<String> before = new HashSet<>();
        expectedMeters().forEach(meter -> before.add(meter.name()));
        Map<String, Long> from = new HashMap<>();
        for (MeterSpec meter : model) {
            long at = before.contains(meter.name()) ? since.getOrDefault(meter.name(), Long.MIN_VALUE) : joined;
            if (at != Long.MIN_VALUE) {
                from.put(meter.name(), at);
            }
        }
        List<MeterSpec> all = new ArrayList<>(model);
        Set<String> names = new HashSet<>();
        model.forEach(meter -> names.add(meter.name()));
        meters.stream().filter(meter -> !names.contains(meter.name())).forEach(all::add);
        return new Roster(all, model.size(), from, departedMilliwattHours);
    }

    /** Without these, which gave so much. */
    Roster without(Set<Integer> indices, long milliwattHours) {
        List<MeterSpec> stay = new ArrayList<>();
        for (int meter = 0; meter < meters.size(); meter++) {
            if (!indices.contains(meter)) {
                stay.add(meters.get(meter));
            }
        }
        return new Roster(stay, expected, since, departedMilliwattHours + milliwattHours);
    }

    byte[] write() {
        PartWriter out = new PartWriter();
        out.count(meters.size());
        out.count(expected);
        out.number(departedMilliwattHours);
        for (MeterSpec meter : meters) {
            out.text(meter.name());
            out.number(meter.modulusMilliwattHours());
            out.number(Double.doubleToLongBits(meter.maxWatts()));
            out.number(meter.reportInterval().toMillis());
            out.number(meter.countMilliwattHours());
            Long from = since.get(meter.name());
            out.flag(from != null);
            if (from != null) {
                out.number(from);
            }
        }
        return out.toBytes();
    }

    static Roster read(byte[] bytes) {
        PartReader in = new PartReader(bytes);
        int size = in.count();
        int expected = in.count();
        long departed = in.number();
        List<MeterSpec> meters = new ArrayList<>();
        Map<String, Long> since = new HashMap<>();
        for (int i = 0; i < size; i++) {
            MeterSpec meter = new MeterSpec(
                    in.text(),
                    in.number(),
                    Double.longBitsToDouble(in.number()),
                    Duration.ofMillis(in.number()),
                    in.number());
            meters.add(meter);
            if (in.flag()) {
                since.put(meter.name(), in.number());
            }
        }
        return new Roster(meters, expected, since, departed);
    }
}
