package io.hallwatt.ingest.validate;

import static io.hallwatt.ingest.validate.Gate.inRange;
import static io.hallwatt.ingest.validate.Gate.within;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.site.CoolingKind;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.ingest.validate.Verdict.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What a cooling unit can have meant. The lower limits of temperature are those of working units; the upper ones are what a hall without cooling can
 * reach, since the readings of a failing plant are those that matter most: that they are out of the usual band is for alerts to say.
 */
final class CoolingGate {
    private static final double MOST_WATTS = 1.1;
    private static final double LEAST_AIR = 10;
    private static final double MOST_SUPPLY_AIR = 60;
    private static final double MOST_RETURN_AIR = 80;
    private static final double LEAST_WATER = 2;
    private static final double MOST_SUPPLY_WATER = 65;
    private static final double MOST_RETURN_WATER = 80;

    private CoolingGate() {}

    static @Nullable Refusal check(CoolingReading reading, CoolingUnit unit) {
        if (!measuresAnything(reading)) {
            return new Refusal(
                    RejectCode.MISSING_VALUE,
                    "%s: nothing is measured; send power, a register, temperatures or the state"
                            .formatted(reading.device()));
        }
        double mostWatts = MOST_WATTS * unit.ratedElectricalWatts();
        Refusal refusal = within(
                reading,
                "electrical power",
                reading.electricalWatts(),
                "W",
                0,
                mostWatts,
                "mend the unit or the site model");
        if (refusal == null) {
            refusal = Gate.register(
                    reading, "energy register", reading.registerMilliwattHours(), unit.registerModulusMilliwattHours());
        }
        if (refusal == null) {
            refusal = Gate.register(
                    reading,
                    "water register",
                    reading.waterRegisterMillilitres(),
                    unit.water().modulusMillilitres(),
                    "mL");
        }
        if (refusal == null) {
            refusal = Gate.interval(reading, reading.interval(), reading.at(), mostWatts);
        }
        return refusal == null ? medium(reading, unit.kind()) : refusal;
    }

    private static boolean measuresAnything(CoolingReading reading) {
        return reading.electricalWatts() != null
                || reading.registerMilliwattHours() != null
                || reading.supplyCelsius() != null
                || reading.returnCelsius() != null
                || reading.flowLitresPerSecond() != null
                || reading.speedRatio() != null
                || reading.waterRegisterMillilitres() != null
                || reading.state() != null
                || reading.interval() != null;
    }

    private static @Nullable Refusal medium(CoolingReading reading, CoolingKind kind) {
        boolean air = kind == CoolingKind.CRAH;
        double least = air ? LEAST_AIR : LEAST_WATER;
        double mostSupply = air ? MOST_SUPPLY_AIR : MOST_SUPPLY_WATER;
        double mostReturn = air ? MOST_RETURN_AIR : MOST_RETURN_WATER;
        Refusal refusal = within(
                reading, "supply temperature", reading.supplyCelsius(), "°C", least, mostSupply, "check the sensor");
        if (refusal == null) {
            refusal = within(
                    reading,
                    "return temperature",
                    reading.returnCelsius(),
                    "°C",
                    least,
                    mostReturn,
                    "check the sensor");
        }
        if (refusal == null) {
            refusal = inRange(
                    reading, "flow", reading.flowLitresPerSecond(), "L/s", 0, 1_000_000, "check sensor and direction");
        }
        return refusal == null
                ? within(reading, "speed", reading.speedRatio(), "of full speed", 0, 1, "send a fraction, not per cent")
                : refusal;
    }
}
