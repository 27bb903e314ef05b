package io.hallwatt.ingest.validate;

import static io.hallwatt.ingest.validate.Gate.within;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import io.hallwatt.ingest.validate.Verdict.Refusal;
import java.time.ZoneOffset;
import net.e175.klaus.solarpositioning.Grena3;
import org.jspecify.annotations.Nullable;

/** What the meter of a supply source can have meant. */
final class SupplyGate {
    /** Inverters and turbines draw up to 0.5 % of their rating when they stand. */
    private static final double STANDBY = 0.005;

    /** Cloud edges and cold wind lift a plant above its rating for a while. */
    private static final double MOST_WATTS = 1.05;

    /** No plant's factor is higher: old lignite has about 1,500 g/kWh. */
    private static final double MOST_CARBON = 2_000;

    /** Sun this far below the horizon gives nothing, not even by refraction. */
    private static final double NIGHT_DEGREES = -2;

    /** Difference of terrestrial and universal time, s; a minute more or less moves the sun by a quarter of a degree. */
    private static final double DELTA_T = 70;

    private static final String MEND = "mend the unit, the scale or the site model";

    private SupplyGate() {}

    static @Nullable Refusal check(SupplyReading reading, SupplySource source, Site site) {
        if (!measuresAnything(reading)) {
            return new Refusal(
                    RejectCode.MISSING_VALUE,
                    "%s: nothing is measured; send power, a register, energy or carbon intensity"
                            .formatted(reading.device()));
        }
        double most = MOST_WATTS * source.ratedWatts();
        Refusal refusal = within(reading, "power", reading.watts(), "W", leastWatts(source), most, MEND);
        if (refusal == null) {
            refusal = night(reading, source, site);
        }
        if (refusal == null) {
            refusal = Gate.register(
                    reading,
                    "register of energy delivered",
                    reading.deliveredRegisterMilliwattHours(),
                    source.registerModulusMilliwattHours());
        }
        if (refusal == null) {
            refusal = Gate.register(
                    reading,
                    "register of energy drawn",
                    reading.drawnRegisterMilliwattHours(),
                    source.registerModulusMilliwattHours());
        }
        if (refusal == null) {
            refusal = Gate.interval(reading, reading.interval(), reading.at(), most);
        }
        return refusal == null ? ratios(reading) : refusal;
    }

    private static boolean measuresAnything(SupplyReading reading) {
        return reading.watts() != null
                || reading.deliveredRegisterMilliwattHours() != null
                || reading.drawnRegisterMilliwattHours() != null
                || reading.availabilityRatio() != null
                || reading.stateOfChargeRatio() != null
                || reading.carbonGramsPerKilowattHour() != null
                || reading.interval() != null;
    }

    private static double leastWatts(SupplySource source) {
        return switch (source.kind()) {
            case SOLAR, WIND, HYDRO -> -STANDBY * source.ratedWatts();
            case BATTERY, GRID -> -MOST_WATTS * source.ratedWatts();
        };
    }

    /** Solar power of a plant that stands on the site; where a contract's plant stands is not known. */
    private static @Nullable Refusal night(SupplyReading reading, SupplySource source, Site site) {
        Double watts = reading.watts();
        if (watts == null
                || watts <= STANDBY * source.ratedWatts()
                || source.kind() != SupplyKind.SOLAR
                || !source.physical()) {
            return null;
        }
        double elevation = 90
                - Grena3.calculateSolarPosition(
                                reading.at().atZone(ZoneOffset.UTC), site.latitude(), site.longitude(), DELTA_T)
                        .zenithAngle();
        return elevation >= NIGHT_DEGREES
                ? null
                : Gate.implausible(
                        "%s: power is %s W, but the sun is %s° below the horizon at %s; check clock, place and mapping of the meter"
                                .formatted(reading.device(), Gate.shown(watts), Gate.shown(-elevation), reading.at()));
    }

    private static @Nullable Refusal ratios(SupplyReading reading) {
        Refusal refusal = within(
                reading, "availability", reading.availabilityRatio(), "of 1", 0, 1, "send a fraction, not per cent");
        if (refusal == null) {
            refusal = within(
                    reading,
                    "state of charge",
                    reading.stateOfChargeRatio(),
                    "of 1",
                    0,
                    1,
                    "send a fraction, not per cent");
        }
        return refusal == null
                ? within(
                        reading,
                        "carbon intensity",
                        reading.carbonGramsPerKilowattHour(),
                        "g/kWh",
                        0,
                        MOST_CARBON,
                        "mend the unit")
                : refusal;
    }
}
