package io.hallwatt.aggregate.energy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The meters of a book: first those of the site model, then those that left it and whose hours can still change (ADR 8).
 *
 * @param meters                by index
 * @param expected              how many of them the site model has
 * @param departedMilliwattHours what those gave whose hours are all final, and which are no longer among the meters
 */
record Roster(List<MeterSpec> meters, int expected, long departedMilliwattHours) {
    Roster {
        meters = List.copyOf(meters);
    }

    static Roster of(List<MeterSpec> meters) {
        return new Roster(meters, meters.size(), 0);
    }

    List<MeterSpec> expectedMeters() {
        return meters.subList(0, expected);
    }

    boolean expects(int meter) {
        return meter < expected;
    }

    /** With the site model's meters of today; whoever is not among them stays behind them. */
    Roster with(List<MeterSpec> model) {
        List<MeterSpec> all = new ArrayList<>(model);
        Set<String> names = new HashSet<>();
        model.forEach(meter -> names.add(meter.name()));
        meters.stream().filter(meter -> !names.contains(meter.name())).forEach(all::add);
        return new Roster(all, model.size(), departedMilliwattHours);
    }

    /** Without these, which gave so much. */
    Roster without(Set<Integer> indices, long milliwattHours) {
        List<MeterSpec> stay = new ArrayList<>();
        for (int meter = 0; meter < meters.size(); meter++) {
            if (!indices.contains(meter)) {
                stay.add(meters.get(meter));
            }
        }
        return new Roster(stay, expected, departedMilliwattHours + milliwattHours);
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
        }
        return out.toBytes();
    }

    static Roster read(byte[] bytes) {
        PartReader in = new PartReader(bytes);
        int size = in.count();
        int expected = in.count();
        long departed = in.number();
        List<MeterSpec> meters = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            meters.add(new MeterSpec(
                    in.text(),
                    in.number(),
                    Double.longBitsToDouble(in.number()),
                    Duration.ofMillis(in.number()),
                    in.number()));
        }
        return new Roster(meters, expected, departed);
    }
}
