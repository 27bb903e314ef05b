package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.energy.Energy;
import io.hallwatt.aggregate.energy.EnergyBook;
import io.hallwatt.aggregate.energy.MeterSpec;
import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Water that a hall's units took in. Its registers have the same four troubles as energy registers, and windows must add up in the same way, so they are kept
 * in the same book, a millilitre where energy has a milliwatt-hour. Which units meter water is known by their readings.
 */
final class HallWater {
    /** Evaporating one litre takes away so much heat, J. */
    private static final double EVAPORATION = 2.45e6;
    /** Filling, flushing and blowing down draw faster than heat evaporates. */
    private static final double FASTER = 10;

    private static final long HOUR = Resolution.HOUR.millis();

    /** Units that meter water; part of the hall's state. */
    private final Set<String> units = new TreeSet<>();

    private EnergyBook book = new EnergyBook(List.of());

    Set<String> units() {
        return units;
    }

    /** Whether any unit of the hall meters water, as known by the readings before a time: which of the later ones have come is chance. */
    boolean metered(long knownUntil) {
        return units.size() > book.unheardBefore(knownUntil);
    }

    void apply(Hall model) {
        book = book.with(specs(model));
    }

    void restore(Hall model, Map<String, byte[]> parts) {
        book = EnergyBook.restore(specs(model), parts);
    }

    void leave() {
        book = book.with(List.of());
    }

    private List<MeterSpec> specs(Hall model) {
        List<MeterSpec> specs = new ArrayList<>();
        for (CoolingUnit unit : model.coolingUnits()) {
            if (units.contains(unit.id().text())) {
                double litresPerSecond =
                        FASTER * (unit.ratedCoolingWatts() + unit.ratedElectricalWatts()) / EVAPORATION;
                specs.add(new MeterSpec(
                        unit.id().text(),
                        unit.water().modulusMillilitres(),
                        3_600 * litresPerSecond, // 1 L/s is 1 mL a ms, and 3,600 W are 1 mWh a ms
                        unit.reportInterval(),
                        unit.water().resolutionMillilitres()));
            }
        }
        return specs;
    }

    /** @return whether it is the first of its unit */
    boolean read(Hall model, CoolingReading reading) {
        Long register = reading.waterRegisterMillilitres();
        if (register == null) {
            return false;
        }
        boolean first = units.add(reading.unit().text());
        if (first) {
            apply(model);
        }
        List<MeterSpec> meters = book.meters();
        for (int meter = 0; meter < meters.size(); meter++) {
            if (meters.get(meter).name().equals(reading.unit().text())) {
                book.register(meter, reading.at().toEpochMilli(), register, EnergyBook.NO_POWER);
            }
        }
        return first;
    }

    /** mL of [start, end), where an energy has mWh; null where nothing was ever metered, and of no meter where the book does not hold it by minutes. Expected are the units that metered by then. */
    @Nullable
    Energy window(long start, long end, long knownUntil) {
        OptionalLong next = book.nextHour();
        if (next.isEmpty()) {
            return null;
        }
        if (start < next.getAsLong()) {
            return new Energy(0, 0, units.size() - book.unheardBefore(knownUntil), 0);
        }
        Energy all = book.window(start, end, knownUntil);
        return new Energy(
                all.measuredMilliwattHours(),
                all.estimatedMilliwattHours(),
                all.metersExpected() - book.unheardBefore(knownUntil),
                all.metersComplete());
    }

    /** Forgets the minutes of hours that end at or before {@code end}. */
    void closeHours(long end) {
        OptionalLong next = book.nextHour();
        while (next.isPresent() && next.getAsLong() + HOUR <= end) {
            book.closeHour();
            next = book.nextHour();
        }
        book.restatements(); // hours of water are nobody's record
    }

    /** As {@link EnergyBook#startOver}. */
    void startOver() {
        book.startOver();
    }

    void drainDirty(PartSink sink) {
        book.drainDirty(sink);
    }
}
