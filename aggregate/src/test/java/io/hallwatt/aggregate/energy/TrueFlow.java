package io.hallwatt.aggregate.energy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * What flowed through a meter, made up from a seed, and beside it what its register showed of it: with wraps, restarts, false values, readings that never come and
 * readings that come hours late. It knows the truth that the readings only tell of.
 */
final class TrueFlow {
    /** {@code watts} below 0 where the reading has no power. */
    record Told(long at, long milliwattHours, int watts, long arrives) {}

    static final int MOST_WATTS = 40_000;
    private static final long STEP = 5_000;
    private static final long HOUR = 3_600_000;

    final MeterSpec meter;
    final List<Told> told = new ArrayList<>();
    /** When the register restarted, ms: what it counted before is then lost to it. */
    final List<Long> restarts = new ArrayList<>();

    private final TreeMap<Long, Long> truth = new TreeMap<>(); // microwatt-hours

    /** @param modulus small: it wraps every few minutes, and more than once in a gap; large: it never does */
    TrueFlow(Random random, int hours, long modulus, boolean restarting) {
        this(random, hours, modulus, restarting, 3 * HOUR, 3 * HOUR);
    }

    /** Likewise with silences, and readings of a silence that come after it, of so many ms at most. */
    TrueFlow(Random random, int hours, long modulus, boolean restarting, long longestSilence, long latest) {
        meter = new MeterSpec("r001/A", modulus, MOST_WATTS, Duration.ofMillis(STEP), 100);
        long from = random.nextInt(3_600) * 1_000L;
        long flowed = 0;
        long offset = random.nextLong(modulus);
        double watts = random.nextInt(MOST_WATTS);
        long silentUntil = 0;
        long arrives = 0; // of the readings of a silence; 0 where they never come
        for (long at = from; at < from + hours * HOUR; at += STEP) {
            truth.put(at, flowed);
            if (at >= silentUntil && random.nextInt(700) == 0) {
                silentUntil = at + 10_000 + random.nextLong(random.nextInt(4) == 0 ? longestSilence : 900_000);
                arrives = random.nextBoolean() ? 0 : silentUntil + random.nextLong(latest);
            }
            long register = Math.floorMod(flowed / 1_000 / 100 * 100 + offset, modulus);
            if (restarting && at >= silentUntil && random.nextInt(1_500) == 0) {
                offset -= register; // begins at 0 again
                register = 0;
                restarts.add(at);
            } else if (at >= silentUntil + 60_000 && random.nextInt(400) == 0) {
                // False, this once. Right after a silence half a small register could have flowed: nobody could tell.
                register = (register + modulus / 2) % modulus;
            }
            boolean silent = at < silentUntil;
            if (!silent || arrives > 0) {
                told.add(new Told(
                        at,
                        register,
                        random.nextInt(8) == 0 ? -1 : (int) watts,
                        silent ? arrives : at + random.nextInt(2_000)));
            }
            flowed += (long) (watts * STEP * 10 / 36);
            watts = Math.clamp(watts + 400 * random.nextGaussian(), 0, MOST_WATTS);
        }
        told.sort(Comparator.comparingLong(Told::arrives).thenComparingLong(Told::at));
    }

    /** What flowed in [start, end) as far as the register was there, mWh. */
    long between(long start, long end) {
        return (at(end) - at(start)) / 1_000;
    }

    private long at(long time) {
        if (time <= truth.firstKey()) {
            return truth.firstEntry().getValue();
        }
        if (time >= truth.lastKey()) {
            return truth.lastEntry().getValue();
        }
        var before = truth.floorEntry(time);
        var after = truth.higherEntry(time);
        return before.getValue() + (after.getValue() - before.getValue()) * (time - before.getKey()) / STEP;
    }
}
