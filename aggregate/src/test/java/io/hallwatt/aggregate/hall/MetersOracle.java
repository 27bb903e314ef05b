package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.energy.MeterSpec;
import io.hallwatt.aggregate.energy.RegisterStream.Shown;
import io.hallwatt.aggregate.hall.MeterOracle.Sample;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.WaterMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A hall's meters: the racks' feeds, the cooling units, and the water that those take in. */
final class MetersOracle {
    private static final double UNMODELLED_WATTS = 1e6;
    private static final double EVAPORATION_JOULES_PER_LITRE = 2.45e6;
    private static final double NEARLY_ALL = 0.95;

    /** What meters counted in a window, mWh or mL. */
    record Sum(long measured, long estimated, int expected, int complete) {
        /** Part of the meters whose energy is known. */
        double part() {
            return expected == 0 ? 0 : complete / (double) expected;
        }

        Quantity completeness() {
            return expected == 0 ? Quantity.unknown(Reason.BOUNDARY_UNKNOWN) : Quantity.measured(part());
        }

        Quantity quantity() {
            if (complete == 0) {
                return Quantity.unknown(Reason.BOUNDARY_UNKNOWN);
            }
            if (complete < NEARLY_ALL * expected) {
                return Quantity.unknown(Reason.INCOMPLETE);
            }
            double total = measured + estimated;
            return complete < expected || estimated > 0 ? Quantity.estimated(total) : Quantity.measured(total);
        }
    }

    final List<MeterOracle> it = new ArrayList<>();
    final List<MeterOracle> cooling = new ArrayList<>();
    final List<MeterOracle> water = new ArrayList<>();

    private final long knownUntil;

    /** @param knownUntil of the minute of this time, which is not over, only a register's first reading counts */
    MetersOracle(
            Hall hall, Map<String, List<RackReading>> racks, Map<String, List<CoolingReading>> units, long knownUntil) {
        this.knownUntil = knownUntil;
        for (Rack rack : hall.racks()) {
            List<RackReading> all = racks.getOrDefault(rack.id().text(), List.of());
            if (rack.feedA() == null && rack.feedB() == null) {
                it.add(ofRack(rack, Math.max(UNMODELLED_WATTS, hall.designItWatts()), all, true, true));
            }
            if (rack.feedA() != null) {
                it.add(ofRack(rack, rated(rack.feedA()), all, true, false));
            }
            if (rack.feedB() != null) {
                it.add(ofRack(rack, rated(rack.feedB()), all, false, true));
            }
        }
        for (CoolingUnit unit : hall.coolingUnits()) {
            List<CoolingReading> all = units.getOrDefault(unit.id().text(), List.of());
            MeterSpec electricity = new MeterSpec(
                    unit.id().text(),
                    unit.registerModulusMilliwattHours(),
                    unit.ratedElectricalWatts(),
                    unit.reportInterval(),
                    unit.registerResolutionMilliwattHours());
            cooling.add(meter(
                    electricity,
                    all,
                    CoolingReading::registerMilliwattHours,
                    reading -> RackOracle.thousandths(reading.electricalWatts())));
            if (all.stream().anyMatch(reading -> reading.waterRegisterMillilitres() != null)) {
                water.add(meter(water(unit), all, CoolingReading::waterRegisterMillilitres, reading -> null));
            }
        }
    }

    private static double rated(Feed feed) {
        return feed.breakerAmps() * feed.volts() * feed.phases();
    }

    /** Ten times what evaporates where all heat goes by evaporation; 1 mWh a ms is 3,600 W, and so is 1 mL a ms. */
    private static MeterSpec water(CoolingUnit unit) {
        double litresPerSecond =
                10 * (unit.ratedCoolingWatts() + unit.ratedElectricalWatts()) / EVAPORATION_JOULES_PER_LITRE;
        WaterMeter told = unit.waterMeter();
        return new MeterSpec(
                unit.id().text(),
                told == null ? 0 : told.modulusMillilitres(),
                3_600 * litresPerSecond,
                unit.reportInterval(),
                told == null ? 1_000 : told.resolutionMillilitres());
    }

    private MeterOracle ofRack(Rack rack, double most, List<RackReading> all, boolean a, boolean b) {
        MeterSpec spec = new MeterSpec(
                rack.id().text(),
                rack.registerModulusMilliwattHours(),
                most,
                rack.reportInterval(),
                rack.registerResolutionMilliwattHours());
        return meter(
                spec,
                all,
                reading -> sum(register(a ? reading.feedA() : null), register(b ? reading.feedB() : null)),
                reading -> sum(milliwatts(a ? reading.feedA() : null), milliwatts(b ? reading.feedB() : null)));
    }

    private static @Nullable Long register(@Nullable FeedReading feed) {
        return feed == null ? null : feed.registerMilliwattHours();
    }

    private static @Nullable Long milliwatts(@Nullable FeedReading feed) {
        return feed == null ? null : RackOracle.thousandths(feed.powerWatts());
    }

    private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
        return a == null ? b : b == null ? a : (Long) (a + b);
    }

    private <R extends Reading> MeterOracle meter(
            MeterSpec spec, List<R> all, Function<R, @Nullable Long> register, Function<R, @Nullable Long> milliwatts) {
        List<Shown> shown = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        for (R reading : all) {
            long at = reading.at().toEpochMilli();
            Long counted = register.apply(reading);
            Long power = milliwatts.apply(reading);
            long drawn = power == null ? 0 : Math.max(0, power); // a clamp the wrong way round draws nothing
            boolean again = !shown.isEmpty() && shown.getLast().at() >= knownUntil / 60_000 * 60_000;
            if (counted != null && !again) {
                shown.add(new Shown(at, counted, power == null ? -1 : (int) ((drawn + 500) / 1_000)));
            } else if (counted == null && power != null) {
                samples.add(new Sample(at, drawn));
            }
        }
        return new MeterOracle(spec, shown, samples);
    }

    static Sum of(List<MeterOracle> meters, long start, long end) {
        long measured = 0;
        long estimated = 0;
        int complete = 0;
        for (MeterOracle meter : meters) {
            measured += meter.measured(start, end);
            estimated += meter.estimated(start, end);
            complete += meter.complete(start, end) ? 1 : 0;
        }
        return new Sum(measured, estimated, meters.size(), complete);
    }
}
