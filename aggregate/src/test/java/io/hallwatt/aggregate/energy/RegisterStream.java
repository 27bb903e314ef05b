package io.hallwatt.aggregate.energy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Readings of one meter as a bad day gives them: growth, wraps, resets, jumps, glitches, jitter, gaps. Seeded. */
public final class RegisterStream {
    /** One reading; {@code watts} below 0 where it has no power. */
    public record Shown(long at, long milliwattHours, int watts) {}

    public static final MeterSpec METER = new MeterSpec("r001/A", 5_000_000, 40_000, Duration.ofSeconds(5), 100);

    private RegisterStream() {}

    /** {@link #METER} under another name. */
    public static MeterSpec meter(String name) {
        return new MeterSpec(
                name,
                METER.modulusMilliwattHours(),
                METER.maxWatts(),
                METER.reportInterval(),
                METER.countMilliwattHours());
    }

    /** About {@code hours} hours of readings from a random second on, in order of time. */
    static List<Shown> of(Random random, int hours) {
        return of(random, hours, 5_000_000);
    }

    /** Likewise with gaps of so many ms at most. */
    public static List<Shown> of(Random random, int hours, int longestGap) {
        List<Shown> stream = new ArrayList<>();
        long at = random.nextInt(3_600) * 1_000L;
        long end = at + hours * 3_600_000L;
        long register = random.nextLong(METER.modulusMilliwattHours());
        while (at < end) {
            int watts = random.nextInt(40_000);
            long shown = register;
            switch (random.nextInt(300)) {
                case 0 -> register = random.nextInt(50) * 100L; // started again
                case 1 -> register = random.nextLong(METER.modulusMilliwattHours()); // exchanged
                case 2, 3, 4 -> shown = random.nextLong(METER.modulusMilliwattHours()); // glitch
                case 5, 6, 7, 8, 9 -> shown = Math.max(0, register - 100); // jitter
                default -> {}
            }
            stream.add(new Shown(at, shown, random.nextInt(4) == 0 ? -1 : watts));
            long step = 1_000L
                    + random.nextInt(random.nextInt(200) == 0 ? longestGap : random.nextInt(60) == 0 ? 90_000 : 9_000);
            at += step;
            register = (register + watts * step / 3_600 / 100 * 100) % METER.modulusMilliwattHours();
        }
        return stream;
    }
}
