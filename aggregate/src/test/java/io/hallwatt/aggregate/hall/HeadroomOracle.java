package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** What a hall could take more in one window, and what is in the way. */
final class HeadroomOracle {
    private static final List<String> CONSTRAINTS = List.of("rack", "power", "cooling");

    private final Hall hall;
    private final List<RackOracle> racks;

    HeadroomOracle(Hall hall, List<RackOracle> racks) {
        this.hall = hall;
        this.racks = racks;
    }

    /** @param capacity of cooling with its largest unit away */
    void put(Quantity it, Quantity capacity, Quantities.Builder all) {
        Quantity rack = rack();
        Quantity power = each(it, watts -> hall.powerCapacityWatts() - watts);
        Quantity cooling = Quantity.of(capacity, it, (able, load) -> able - load);
        all.put(Metric.HALL_RACK_HEADROOM, rack);
        all.put(Metric.HALL_POWER_HEADROOM, power);
        all.put(Metric.HALL_COOLING_HEADROOM, cooling);
        List<Quantity> constraints = List.of(rack, power, cooling);
        Quantity least = Quantity.of(rack, Quantity.of(power, cooling, Math::min), Math::min);
        Quantity usable = each(least, watts -> Math.max(0, watts));
        all.put(Metric.HALL_USABLE_HEADROOM, usable);
        boolean bound = false;
        for (int i = 0; i < CONSTRAINTS.size(); i++) {
            String name = CONSTRAINTS.get(i);
            Quantity own = constraints.get(i);
            all.put(Metric.HALL_STRANDED, name, Quantity.of(usable, own, (used, watts) -> Math.max(0, watts) - used));
            boolean before = bound;
            Quantity binds = Quantity.of(least, own, (l, watts) -> !before && watts <= l ? 1 : 0);
            bound |= number(binds) == 1;
            all.put(Metric.HALL_BINDING, name, binds);
        }
    }

    private static Quantity each(Quantity of, DoubleUnaryOperator value) {
        return Quantity.of(of, of, (watts, same) -> value.applyAsDouble(watts));
    }

    /** NaN where it is not known. */
    static double number(Quantity quantity) {
        return switch (quantity) {
            case Quantity.Measured measured -> measured.value();
            case Quantity.Estimated estimated -> estimated.value();
            case Quantity.Unknown unknown -> Double.NaN;
        };
    }

    /** Of at least half of the racks. */
    private Quantity rack() {
        double[] known = racks.stream()
                .mapToDouble(RackOracle::feedLossHeadroom)
                .filter(watts -> !Double.isNaN(watts))
                .map(watts -> Math.max(0, watts))
                .toArray();
        if (known.length == 0) {
            boolean feeds = racks.stream().anyMatch(rack -> rack.model(0) != null || rack.model(1) != null);
            return Quantity.unknown(feeds ? Reason.NO_READINGS : Reason.NOT_MEASURED);
        }
        if (known.length < racks.size() / 2.0) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        double sum = 0;
        for (double watts : known) {
            sum += watts;
        }
        boolean heard = racks.stream().allMatch(RackOracle::heardOfFeeds);
        return known.length < racks.size() || !heard ? Quantity.estimated(sum) : Quantity.measured(sum);
    }
}
