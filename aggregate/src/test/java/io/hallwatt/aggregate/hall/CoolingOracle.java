package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a hall's cooling did in one window, and could do. */
final class CoolingOracle {
    private static final double LEAST_FLOW = 0.02;

    private final List<UnitOracle> units;
    /** Start of the first second in which anybody of the hall spoke. */
    private final long begun;

    CoolingOracle(List<UnitOracle> units, long begun) {
        this.units = units;
        this.begun = begun;
    }

    void put(Quantities.Builder all) {
        for (UnitOracle unit : units) {
            all.put(Metric.HALL_COOLING_UNIT_FAILED, unit.id(), unit.failed());
            all.put(Metric.HALL_COOLING_DELTA, unit.id(), unit.delta());
        }
        all.put(Metric.HALL_COOLING_POWER, power());
        all.put(
                Metric.HALL_COOLING_COMPLETENESS,
                units.isEmpty()
                        ? Quantity.unknown(Reason.NOT_MEASURED)
                        : Quantity.measured(part(units, UnitOracle::electrical)));
        all.put(Metric.HALL_THERMAL_POWER, heat());
        all.put(Metric.HALL_COOLING_UNITS_EXPECTED, units.size());
        all.put(Metric.HALL_COOLING_UNITS_RUNNING, count(unit -> unit.state() == CoolingState.RUNNING));
        all.put(Metric.HALL_COOLING_UNITS_FAILED, count(unit -> unit.state() == CoolingState.FAILED));
        all.put(Metric.HALL_COOLING_UNITS_SILENT, count(unit -> !unit.reporting() && !unit.awaited(begun)));
    }

    private double count(Predicate<UnitOracle> which) {
        return units.stream().filter(which).count();
    }

    /** Part of its electrical power that is known. */
    double part() {
        return part(units, UnitOracle::electrical);
    }

    Quantity power() {
        if (units.isEmpty()) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        return sum(units, UnitOracle::electrical, Reason.NO_READINGS);
    }

    /** Those whose heat is the hall's: of the room, and chillers where there are none. */
    private List<UnitOracle> takingHeat() {
        List<UnitOracle> room = units.stream().filter(UnitOracle::ofTheRoom).toList();
        return room.isEmpty() ? units : room;
    }

    private Quantity heat() {
        List<UnitOracle> taking = takingHeat();
        if (taking.isEmpty()) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        boolean backwards = taking.stream()
                .anyMatch(unit -> unit.backwards() && !unit.heat().known());
        boolean reporting = taking.stream().anyMatch(UnitOracle::reporting);
        Quantity sum = sum(taking, UnitOracle::heat, reporting ? Reason.NOT_MEASURED : Reason.NO_READINGS);
        return backwards && sum instanceof Quantity.Unknown ? Quantity.unknown(Reason.IMPLAUSIBLE) : sum;
    }

    /** Of at least half of them; estimated where one is not known for the whole window. */
    private static Quantity sum(List<UnitOracle> of, Function<UnitOracle, Covered> milliwatts, Reason none) {
        long sum = 0;
        int known = 0;
        int whole = 0;
        for (UnitOracle unit : of) {
            Covered covered = milliwatts.apply(unit);
            known += covered.known() ? 1 : 0;
            whole += covered.whole() ? 1 : 0;
            sum += covered.known() ? covered.mean() : 0;
        }
        if (known == 0) {
            return Quantity.unknown(none);
        }
        if (known < of.size() / 2.0) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        return whole < of.size() ? Quantity.estimated(sum / 1_000.0) : Quantity.measured(sum / 1_000.0);
    }

    /** Part of the window, of all these units, for which a value that counts is known. */
    static double part(List<UnitOracle> of, Function<UnitOracle, Covered> value) {
        return of.stream()
                .map(value)
                .mapToDouble(covered -> covered.known() ? covered.millis() / (double) covered.window() : 0)
                .average()
                .orElse(1);
    }

    private boolean hardlyFlows() {
        double rated = 0;
        double flow = 0;
        for (UnitOracle unit : takingHeat()) {
            Double most = unit.model().ratedFlowLitresPerSecond();
            if (most != null && unit.flow().known()) {
                rated += most;
                flow += unit.flow().mean() / 1_000.0;
            }
        }
        return flow < LEAST_FLOW * rated;
    }

    /** Heat over electricity now, of the units that know both and those that carry on the heat of others; none where hardly anything flows. */
    Quantity efficiency() {
        if (hardlyFlows() || heat() instanceof Quantity.Unknown || power() instanceof Quantity.Unknown) {
            return efficiency(heat(), power(), 1);
        }
        List<UnitOracle> taking = takingHeat();
        double heat = 0;
        double watts = 0;
        double partOfHeat = 0;
        double partOfWatts = 0;
        for (UnitOracle unit : units) {
            boolean counts = !taking.contains(unit) || unit.heat().known();
            if (unit.electrical().known() && counts) {
                watts += unit.electrical().mean() / 1_000.0;
                partOfWatts +=
                        unit.electrical().millis() / (double) unit.electrical().window();
            }
            if (taking.contains(unit)
                    && unit.electrical().known()
                    && unit.heat().known()) {
                heat += unit.heat().mean() / 1_000.0;
                partOfHeat += unit.heat().millis() / (double) unit.heat().window();
            }
        }
        return HallOracle.ratio(
                Quantity.measured(heat),
                partOfHeat / taking.size(),
                Quantity.measured(watts),
                partOfWatts / units.size());
    }

    /**
     * Likewise of energies: of the units that know their heat and what they used from the window's start to its end.
     *
     * @param published what all of them used
     * @param meters    of the units, in their order
     */
    Quantity efficiency(Quantity published, List<MeterOracle> meters, long start, long end) {
        if (hardlyFlows() || heat() instanceof Quantity.Unknown || published instanceof Quantity.Unknown) {
            return efficiency(heat(), published, 1);
        }
        List<UnitOracle> taking = takingHeat();
        double joules = 0;
        double partOfHeat = 0;
        List<MeterOracle> counted = new ArrayList<>();
        for (UnitOracle unit : units) {
            MeterOracle meter = meters.get(units.indexOf(unit));
            boolean counts = meter.complete(start, end)
                    && (!taking.contains(unit) || unit.heat().known());
            if (counts) {
                counted.add(meter);
            }
            if (counts && taking.contains(unit)) {
                joules += unit.heat().mean() / 1_000.0 * (end - start) / 1_000;
                partOfHeat += unit.heat().millis() / (double) unit.heat().window();
            }
        }
        MetersOracle.Sum used = MetersOracle.of(counted, start, end);
        double milliwattHours = used.measured() + used.estimated();
        return HallOracle.ratio(
                Quantity.measured(joules / 3.6),
                partOfHeat / taking.size(),
                used.estimated() == 0 ? Quantity.measured(milliwattHours) : Quantity.estimated(milliwattHours),
                counted.size() / (double) units.size());
    }

    private Quantity efficiency(Quantity heat, Quantity electrical, double part) {
        return hardlyFlows() ? Quantity.unknown(Reason.FLOW_TOO_LOW) : HallOracle.ratio(heat, part, electrical, part);
    }

    private List<List<UnitOracle>> groups() {
        return Stream.of(true, false)
                .map(room ->
                        units.stream().filter(unit -> unit.ofTheRoom() == room).toList())
                .filter(group -> !group.isEmpty())
                .toList();
    }

    /** Part of the units that say something, of the group of which least do: the room's, or the chillers. */
    private double heard() {
        return groups().stream()
                .mapToDouble(group -> group.stream().filter(UnitOracle::heard).count() / (double) group.size())
                .min()
                .orElse(0);
    }

    /** Heat that could be carried with the largest unit away, W: the less of the room's and the chillers', where there are both. */
    Quantity capacity() {
        if (units.isEmpty()) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        if (heard() < 0.5) {
            return Quantity.unknown(heard() == 0 ? Reason.NO_READINGS : Reason.INCOMPLETE);
        }
        double watts = capacity(UnitOracle::able);
        return heard() < 1 ? Quantity.estimated(watts) : Quantity.measured(watts);
    }

    private double capacity(Predicate<UnitOracle> able) {
        return groups().stream()
                .mapToDouble(group -> {
                    double[] watts = group.stream()
                            .filter(able)
                            .mapToDouble(unit -> unit.model().ratedCoolingWatts())
                            .toArray();
                    return Arrays.stream(watts).sum()
                            - Arrays.stream(watts).max().orElse(0);
                })
                .min()
                .orElseThrow();
    }

    /** Below 1 it may be told whoever is mute, where the mute could not help it. */
    Quantity redundancy(Quantity it, double partOfIt) {
        if (units.isEmpty() || heard() == 0) {
            return capacity();
        }
        if (it instanceof Quantity.Unknown) {
            return it;
        }
        double load = HeadroomOracle.number(it);
        if (load <= 0) {
            return Quantity.unknown(Reason.DIVISOR_ZERO);
        }
        boolean lost = capacity(unit -> unit.able() || !unit.heard()) / load < 1;
        if (!lost && Math.min(heard(), partOfIt) < 0.95) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        double redundancy = capacity(UnitOracle::able) / load;
        return heard() < 1 || it instanceof Quantity.Estimated
                ? Quantity.estimated(redundancy)
                : Quantity.measured(redundancy);
    }
}
