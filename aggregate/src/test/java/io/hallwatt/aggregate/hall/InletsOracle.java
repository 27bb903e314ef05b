package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.CoolingKind;
import io.hallwatt.contract.site.Hall;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Air at a hall's racks in one window, against the limits of its class, and the air's way back. */
final class InletsOracle {
    private static final List<Metric> OF_INLETS = List.of(
            Metric.HALL_INLET_MEAN,
            Metric.HALL_INLET_P95,
            Metric.HALL_INLET_MAX,
            Metric.HALL_INLET_MIN,
            Metric.HALL_INLET_RECOMMENDED_EXCESS,
            Metric.HALL_INLET_ALLOWABLE_EXCESS,
            Metric.HALL_RCI_HIGH,
            Metric.HALL_RCI_LOW,
            Metric.HALL_RTI);
    private static final double LEAST_KELVIN = 0.5;

    /** Recommended and allowable °C by class (ASHRAE TC 9.9): least and most of each. */
    private static final Map<String, double[]> LIMITS = Map.of(
            "A1", new double[] {18, 27, 15, 32},
            "A2", new double[] {18, 27, 10, 35},
            "A3", new double[] {18, 27, 5, 40},
            "A4", new double[] {18, 27, 5, 45},
            "H1", new double[] {18, 22, 15, 25});

    private final List<RackOracle> racks;
    private final List<UnitOracle> units;
    private final double @Nullable [] limits;

    InletsOracle(Hall hall, List<RackOracle> racks, List<UnitOracle> units) {
        this.racks = racks;
        this.units = units;
        this.limits = LIMITS.get(hall.ashrae().name());
    }

    void put(Quantities.Builder all) {
        double[] hottest = known(RackOracle::inletMax);
        double[] coldest = known(RackOracle::inletMin);
        if (hottest.length == 0 || limits == null) {
            OF_INLETS.forEach(metric -> all.unknown(metric, Reason.NO_READINGS));
            return;
        }
        all.put(Metric.HALL_INLET_MEAN, Arrays.stream(hottest).average().orElseThrow());
        all.put(Metric.HALL_INLET_P95, hottest[(int) Math.ceil(95 * hottest.length / 100.0) - 1]);
        Quantity.Measured most = (Quantity.Measured) FeedsOracle.largest(racks, RackOracle::inletMax);
        all.put(Metric.HALL_INLET_MAX, most);
        all.put(Metric.HALL_INLET_MIN, FeedsOracle.least(racks, RackOracle::inletMin));
        all.put(Metric.HALL_INLET_RECOMMENDED_EXCESS, Quantity.measured(most.value() - limits[1], most.where()));
        all.put(Metric.HALL_INLET_ALLOWABLE_EXCESS, Quantity.measured(most.value() - limits[3], most.where()));
        double over = Arrays.stream(hottest)
                .map(t -> Math.max(0, t - limits[1]))
                .average()
                .orElseThrow();
        double under = Arrays.stream(coldest)
                .map(t -> Math.max(0, limits[0] - t))
                .average()
                .orElseThrow();
        all.put(Metric.HALL_RCI_HIGH, Math.max(0, 1 - over / (limits[3] - limits[1])));
        all.put(Metric.HALL_RCI_LOW, Math.max(0, 1 - under / (limits[0] - limits[2])));
        all.put(Metric.HALL_RTI, returnTemperatureIndex());
    }

    private double[] known(ToDoubleFunction<RackOracle> celsius) {
        return racks.stream()
                .mapToDouble(celsius)
                .filter(t -> !Double.isNaN(t))
                .sorted()
                .toArray();
    }

    private Quantity returnTemperatureIndex() {
        List<UnitOracle> handlers = units.stream()
                .filter(unit -> unit.model().kind() == CoolingKind.CRAH)
                .toList();
        if (handlers.isEmpty()) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        if (handlers.stream().anyMatch(UnitOracle::backwards)) {
            return Quantity.unknown(Reason.IMPLAUSIBLE);
        }
        double flowKelvin = 0;
        double flow = 0;
        for (UnitOracle unit : handlers) {
            if (unit.flowKelvin().known()) {
                flowKelvin += unit.flowKelvin().mean();
                flow += unit.flow().mean();
            }
        }
        double equipment = equipmentKelvin();
        if (flow == 0 || Double.isNaN(equipment)) {
            return Quantity.unknown(Reason.NO_READINGS);
        }
        return equipment > LEAST_KELVIN
                ? Quantity.measured(flowKelvin / flow / equipment)
                : Quantity.unknown(Reason.DIVISOR_ZERO);
    }

    /** What the racks warm their air by, weighted by airflow: a rack's is its power over its difference. */
    private double equipmentKelvin() {
        double watts = 0;
        double air = 0;
        for (RackOracle rack : racks) {
            double kelvin = rack.outlet() - rack.inletMean();
            if (kelvin > 0 && rack.power().known() && rack.power().mean() > 0) {
                watts += rack.power().mean();
                air += rack.power().mean() / kelvin;
            }
        }
        return watts / air;
    }
}
