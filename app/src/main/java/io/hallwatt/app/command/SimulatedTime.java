package io.hallwatt.app.command;

import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.ingest.simulate.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which time is simulated, and how it follows the clock. Never ahead of it: readings of the future are refused as TIME_AHEAD.
 *
 * @param start  absent: the present
 * @param length absent: without end
 */
record SimulatedTime(@Nullable Instant start, @Nullable Duration length, Pace pace) {
    /**
     * @param speed absent: real time, or as fast as possible where there is a start
     * @throws InvalidInput if that would begin or run ahead of the clock, or before 1970
     */
    static SimulatedTime of(@Nullable Instant start, @Nullable Duration length, @Nullable Pace speed, Instant clock) {
        Instant now = clock.truncatedTo(ChronoUnit.SECONDS);
        if (start == null) {
            if (speed != null && !speed.equals(Pace.REAL_TIME)) {
                throw new InvalidInput(withoutStart(speed, length, now));
            }
            return new SimulatedTime(null, length, Pace.REAL_TIME);
        }
        if (start.isAfter(clock)) {
            throw new InvalidInput(
                    "--start %s is %s ahead of the clock (%s): its readings would be refused as TIME_AHEAD. Give a past instant, or none to begin now."
                            .formatted(start, ahead(now, start), now));
        }
        if (start.getEpochSecond() < 0) {
            throw new InvalidInput(
                    "--start %s is before 1970: its readings would be refused as BAD_TIME. Give a later one."
                            .formatted(start));
        }
        Pace pace = speed == null ? Pace.AS_FAST_AS_POSSIBLE : speed;
        if (faster(pace)) {
            requireEndBefore(now, start, length, pace);
        }
        return new SimulatedTime(start, length, pace);
    }

    /** Whether it is a past, in which event time alone closes windows, and which topics must not delete by age. */
    boolean past() {
        return start != null;
    }

    private static String withoutStart(Pace speed, @Nullable Duration length, Instant now) {
        if (!faster(speed)) {
            return "--speed %s without --start: simulated time would begin now and fall behind the clock more and more. Give --start for a past that is told slowly, or leave --speed out."
                    .formatted(text(speed));
        }
        String remedy = length == null
                ? "Give a past --start, and a --length that ends before now"
                : "Give --start %s or earlier, so that --length %s ends before now"
                        .formatted(now.minus(length), Durations.format(length));
        return "--speed %s without --start: simulated time would begin now and run ahead of the clock, and its readings would be refused as TIME_AHEAD. %s, or leave --speed out."
                .formatted(text(speed), remedy);
    }

    private static void requireEndBefore(Instant now, Instant start, @Nullable Duration length, Pace pace) {
        Duration room = Duration.between(start, now);
        if (length == null) {
            throw new InvalidInput(
                    "--start %s at --speed %s without --length: simulated time would overtake the clock, and its readings would be refused as TIME_AHEAD. Give --length %s or less, or --speed 1."
                            .formatted(start, text(pace), Durations.format(room)));
        }
        if (length.compareTo(room) > 0) {
            throw new InvalidInput(
                    "--start %s and --length %s end %s ahead of the clock (%s): at --speed %s readings would be refused as TIME_AHEAD. Give --start %s or earlier, or --length %s or less."
                            .formatted(
                                    start,
                                    Durations.format(length),
                                    Durations.format(length.minus(room)),
                                    now,
                                    text(pace),
                                    now.minus(length),
                                    Durations.format(room)));
        }
    }

    private static String ahead(Instant now, Instant start) {
        return Durations.format(Duration.between(now, start).plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
    }

    private static boolean faster(Pace pace) {
        return switch (pace) {
            case Pace.AsFastAsPossible fastest -> true;
            case Pace.Accelerated accelerated -> accelerated.factor() > 1;
        };
    }

    private static String text(Pace pace) {
        return switch (pace) {
            case Pace.AsFastAsPossible fastest -> "max";
            case Pace.Accelerated accelerated ->
                accelerated.factor() == Math.rint(accelerated.factor())
                        ? Long.toString((long) accelerated.factor())
                        : Double.toString(accelerated.factor());
        };
    }
}
