package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.rack.RackSummary;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.AshraeClass;
import java.util.Arrays;
import java.util.function.DoublePredicate;

/** The air at a hall's racks in one closed window, against the limits of its class, and the air's way back. */
final class InletQuantities {
    private final RackSummary racks;
    private final RackFigures figures;
    private final Quantities.Builder quantities;

    InletQuantities(RackSummary racks, RackFigures figures, Quantities.Builder quantities) {
        this.racks = racks;
        this.figures = figures;
        this.quantities = quantities;
    }

    void put(AshraeClass ashrae, CoolingQuantities cooled) {
        double[] hottest = racks.inletMaxima();
        double[] known =
                Arrays.stream(hottest).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (known.length == 0) {
            for (Metric metric : new Metric[] {
                Metric.HALL_INLET_MEAN,
                Metric.HALL_INLET_P95,
                Metric.HALL_INLET_MAX,
                Metric.HALL_INLET_MIN,
                Metric.HALL_INLET_RECOMMENDED_EXCESS,
                Metric.HALL_INLET_ALLOWABLE_EXCESS,
                Metric.HALL_RCI_HIGH,
                Metric.HALL_RCI_LOW,
                Metric.HALL_RTI
            }) {
                quantities.unknown(metric, Reason.NO_READINGS);
            }
            return;
        }
        Told told = figures.ofAir(hottest, racks::sensesIntake);
        quantities.put(
                Metric.HALL_INLET_MEAN, told.quantity(Arrays.stream(known).sum() / known.length));
        quantities.put(Metric.HALL_INLET_P95, told.quantity(known[(95 * known.length + 99) / 100 - 1]));
        DoublePredicate hot = celsius -> celsius > ashrae.recommendedMaxCelsius();
        DoublePredicate cold = celsius -> celsius < ashrae.recommendedMinCelsius();
        Quantity max = figures.worst(hottest, 1, told, hot);
        quantities.put(Metric.HALL_INLET_MAX, max);
        double[] coldest = racks.inletMinima();
        quantities.put(Metric.HALL_INLET_MIN, figures.worst(coldest, -1, told, cold));
        quantities.put(Metric.HALL_INLET_RECOMMENDED_EXCESS, above(max, ashrae.recommendedMaxCelsius()));
        quantities.put(Metric.HALL_INLET_ALLOWABLE_EXCESS, above(max, ashrae.allowableMaxCelsius()));
        double[] intakes = Arrays.stream(coldest).filter(v -> !Double.isNaN(v)).toArray();
        quantities.put(
                Metric.HALL_RCI_HIGH,
                told.quantity(
                        CoolingFigures.rciHigh(known, ashrae.recommendedMaxCelsius(), ashrae.allowableMaxCelsius())));
        quantities.put(
                Metric.HALL_RCI_LOW,
                told.quantity(
                        CoolingFigures.rciLow(intakes, ashrae.recommendedMinCelsius(), ashrae.allowableMinCelsius())));
        double[] watts = racks.watts();
        double[] outlets = racks.outlets();
        double[] kelvin = figures.values(r -> outlets[r] - racks.inletMean(r));
        Told warms = figures.ofAir(
                figures.values(r -> Double.isNaN(watts[r]) ? Double.NaN : kelvin[r]),
                r -> racks.sensesIntake(r) && racks.sensesOutlet(r));
        quantities.put(
                Metric.HALL_RTI, cooled.returnTemperatureIndex(CoolingFigures.equipmentKelvin(watts, kelvin), warms));
    }

    private static Quantity above(Quantity max, double limit) {
        return switch (max) {
            case Quantity.Measured measured -> Quantity.measured(measured.value() - limit, measured.where());
            case Quantity.Estimated estimated -> Quantity.estimated(estimated.value() - limit, estimated.where());
            case Quantity.Unknown unknown -> unknown;
        };
    }
}
