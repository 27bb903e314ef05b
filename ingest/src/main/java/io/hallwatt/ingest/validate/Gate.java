package io.hallwatt.ingest.validate;

import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.ingest.validate.Verdict.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The checks that quantities of all devices share. Each gives null where the value passes, and makes text only where it does not. */
final class Gate {
    private static final double MILLIWATT_MILLIS_PER_MILLIWATT_HOUR = 3_600_000;

    private Gate() {}

    /**
     * A value within [least, most], finite, and none of the {@link Sentinels}; what is absent passes.
     *
     * @param remedy ends the sentence where the value is out of range
     */
    static @Nullable Refusal within(
            Reading reading,
            String what,
            @Nullable Double value,
            String unit,
            double least,
            double most,
            String remedy) {
        return value == null ? null : within(reading, what, value.doubleValue(), unit, least, most, remedy);
    }

    static @Nullable Refusal within(
            Reading reading, String what, double value, String unit, double least, double most, String remedy) {
        if (!Double.isFinite(value)) {
            return new Refusal(
                    RejectCode.NOT_A_NUMBER,
                    "%s: %s is %s; leave out what is not measured".formatted(reading.device(), what, value));
        }
        if (Sentinels.isOne(value)) {
            return implausible("%s: %s is %s %s, which devices send for \"no value\"; leave out what is not measured"
                    .formatted(reading.device(), what, shown(value), unit));
        }
        return inRange(reading, what, value, unit, least, most, remedy);
    }

    /** As {@link #within}, for whole numbers so large that a sentinel may be what was measured: 32,768 L/s of air. */
    static @Nullable Refusal inRange(
            Reading reading,
            String what,
            @Nullable Double value,
            String unit,
            double least,
            double most,
            String remedy) {
        if (value == null) {
            return null;
        }
        if (!(value >= least && value <= most)) {
            return implausible("%s: %s is %s %s, possible is %s to %s; %s"
                    .formatted(reading.device(), what, shown(value), unit, shown(least), shown(most), remedy));
        }
        return null;
    }

    /** An energy register in [0, modulus). */
    static @Nullable Refusal register(Reading reading, String what, @Nullable Long milliwattHours, long modulus) {
        return register(reading, what, milliwattHours, modulus, "mWh");
    }

    /** A register in [0, modulus), both in {@code unit}. */
    static @Nullable Refusal register(Reading reading, String what, @Nullable Long counted, long modulus, String unit) {
        if (counted == null) {
            return null;
        }
        if (counted < 0 || counted >= modulus) {
            return implausible("%s: %s is %d %s, possible is 0 to below its modulus %d %s; mend the unit or the modulus"
                    .formatted(reading.device(), what, counted, unit, modulus, unit));
        }
        if (Sentinels.isOne(counted.longValue())) {
            return implausible(
                    "%s: %s is %d %s, 32 bits all set, which devices send for \"no value\"; leave out what is not measured"
                            .formatted(reading.device(), what, counted, unit));
        }
        return null;
    }

    /** Energy of an interval that ends at {@code at}, whose mean power is at most {@code mostWatts}. */
    static @Nullable Refusal interval(
            Reading reading, @Nullable IntervalEnergy interval, Instant at, double mostWatts) {
        if (interval == null) {
            return null;
        }
        if (!interval.start().isBefore(at)) {
            return implausible("%s: the energy's interval starts at %s and ends at %s; the start comes first"
                    .formatted(reading.device(), interval.start(), at));
        }
        if (interval.milliwattHours() < 0) {
            return implausible(
                    "%s: energy of the interval is %d mWh; it is never below 0: book the other direction by itself"
                            .formatted(reading.device(), interval.milliwattHours()));
        }
        double millis = at.toEpochMilli() - interval.start().toEpochMilli();
        double watts = interval.milliwattHours() * MILLIWATT_MILLIS_PER_MILLIWATT_HOUR / millis / 1_000;
        if (watts > mostWatts) {
            return implausible(
                    "%s: %d mWh since %s is a mean of %s W, possible is %s W; mend the unit or the site model's rating"
                            .formatted(
                                    reading.device(),
                                    interval.milliwattHours(),
                                    interval.start(),
                                    shown(watts),
                                    shown(mostWatts)));
        }
        return null;
    }

    static Refusal implausible(String reason) {
        return new Refusal(RejectCode.IMPLAUSIBLE_VALUE, reason);
    }

    /** Short and exact enough for a person: at most three decimals, no exponent below ten digits. */
    static String shown(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        double rounded = Math.rint(value * 1000) / 1000;
        return Double.toString(Math.abs(value) < 1e9 ? rounded : value);
    }
}
