package io.hallwatt.aggregate.energy;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What sampled power must come to, computed slowly and plainly from all samples at once, in order and each once, by the written rule and none of the book's code. */
public final class PowerOracle {
    private static final BigInteger MICROJOULES_IN_MILLIWATT_HOUR = BigInteger.valueOf(3_600_000);

    /** Power at a time, mW. */
    public record Sample(long at, long milliwatts) {}

    private final long hold;
    private final TreeMap<Long, Long> samples = new TreeMap<>();

    public PowerOracle(MeterSpec meter, Collection<Sample> given) {
        hold = 3 * meter.reportInterval().toMillis();
        given.forEach(sample -> samples.merge(sample.at(), sample.milliwatts(), Math::min));
    }

    /** Energy of [start, end), mWh: of one running sum, so that hours add up. */
    public long energy(long start, long end) {
        return until(end) - until(start);
    }

    long until(long time) {
        BigInteger microjoules = BigInteger.ZERO;
        for (Map.Entry<Long, Long> sample : samples.entrySet()) {
            microjoules = microjoules.add(
                    BigInteger.valueOf(sample.getValue()).multiply(BigInteger.valueOf(holds(sample.getKey(), time))));
        }
        return microjoules.divide(MICROJOULES_IN_MILLIWATT_HOUR).longValueExact();
    }

    boolean complete(long start, long end) {
        long covered = 0;
        for (long at : samples.keySet()) {
            covered += holds(at, end) - holds(at, start);
        }
        return covered * 100 >= 95 * (end - start);
    }

    /** A sample holds until the next, at most three report intervals. */
    private long holds(long at, long until) {
        Long next = samples.higherKey(at);
        long end = Math.min(at + hold, Math.min(next == null ? Long.MAX_VALUE : next, until));
        return Math.max(0, end - at);
    }
}
