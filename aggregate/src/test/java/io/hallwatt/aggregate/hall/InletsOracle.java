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
        boolean partly = racks.stream()
                .anyMatch(rack ->
                        Double.isNaN(rack.inletMax()) ? !rack.reporting() || rack.sensesIntake() : !rack.heard());
        long mute = racks.stream().filter(rack -> !rack.reporting()).count();
        boolean few = mute > hottest.length;
        double mean = Arrays.stream(hottest).average().orElseThrow();
        double p95 = hottest[(int) Math.ceil(95 * hottest.length / 100.0) - 1];
        Quantity most = FeedsOracle.largest(racks, RackOracle::inletMax);
        Quantity least = FeedsOracle.least(racks, RackOracle::inletMin);
        double max = HeadroomOracle.number(most);
        String where = most instanceof Quantity.Measured known ? known.where() : null;
        put(all, Metric.HALL_INLET_MEAN, Quantity.measured(mean), partly, few);
        put(all, Metric.HALL_INLET_P95, Quantity.measured(p95), partly, few);
        boolean hot = max > limits[1];
        put(all, Metric.HALL_INLET_MAX, most, partly, few && !hot);
        put(all, Metric.HALL_INLET_MIN, least, partly, few && HeadroomOracle.number(least) >= limits[0]);
        Quantity recommended = Quantity.measured(max - limits[1], where);
        Quantity allowable = Quantity.measured(max - limits[3], where);
        put(all, Metric.HALL_INLET_RECOMMENDED_EXCESS, recommended, partly, few && !hot);
        put(all, Metric.HALL_INLET_ALLOWABLE_EXCESS, allowable, partly, few && !hot);
        double over = Arrays.stream(hottest)
                .map(t -> Math.max(0, t - limits[1]))
                .average()
                .orElseThrow();
        double under = Arrays.stream(coldest)
                .map(t -> Math.max(0, limits[0] - t))
                .average()
                .orElseThrow();
        double high = Math.max(0, 1 - over / (limits[3] - limits[1]));
        double low = Math.max(0, 1 - under / (limits[0] - limits[2]));
        put(all, Metric.HALL_RCI_HIGH, Quantity.measured(high), partly, few);
        put(all, Metric.HALL_RCI_LOW, Quantity.measured(low), partly, few);
        all.put(Metric.HALL_RTI, returnTemperatureIndex());
    }

    private static void put(Quantities.Builder all, Metric metric, Quantity figure, boolean partly, boolean few) {
        all.put(metric, FeedsOracle.sure(figure, partly, few, value -> false));
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
        long tell = racks.stream().filter(InletsOracle::warms).count();
        long mute =
                racks.stream().filter(rack -> !warms(rack) && !rack.reporting()).count();
        long blow = handlers.stream().filter(unit -> unit.flowKelvin().known()).count();
        if (tell == 0 || mute > tell || 2 * blow < handlers.size()) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        boolean partly = racks.stream()
                        .anyMatch(rack -> warms(rack)
                                ? !rack.heard()
                                : !rack.reporting() || (rack.sensesIntake() && rack.sensesOutlet()))
                || handlers.stream().anyMatch(unit -> !unit.flowKelvin().whole());
        Quantity index = Quantity.measured(flowKelvin / flow / equipment);
        return equipment > LEAST_KELVIN
                ? FeedsOracle.sure(index, partly, false, value -> false)
                : Quantity.unknown(Reason.DIVISOR_ZERO);
    }

    /** Whether it tells by how much, and its power. */
    private static boolean warms(RackOracle rack) {
        return rack.power().known() && !Double.isNaN(rack.outlet() - rack.inletMean());
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
