package io.hallwatt.aggregate.site;

import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;

import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.window.PowerSamples;
import io.hallwatt.contract.Resolution;
import java.util.Map;

/**
 * The supply sources' samples that open windows still need, by minute, each source's in order of time. Sources are few: every window integrates them
 * anew, in whole numbers, so that seconds add up to minutes exactly.
 */
final class SupplySamples {
    /** Power, mW. */
    static final int POWER = 0;
    /** Carbon intensity, thousandths of g/kWh. */
    static final int CARBON = 1;

    private static final long MINUTE = Resolution.MINUTE.millis();

    private final SampleMinutes minutes = new SampleMinutes(2);

    void grow(int count) {
        minutes.grow(count);
    }

    /** @return false where the very sample was there already */
    boolean add(int source, long at, long sequence, long milliwatts, long carbon) {
        return minutes.add(source, at, sequence, milliwatts, carbon);
    }

    /** Time covered and value × ms in it. */
    record Integral(long covered, long total) {
        /** Part of the span that is covered. */
        double completeness(long span) {
            return covered / (double) span;
        }

        /** Mean over the covered time; {@code ABSENT} where less than half of the span is covered. */
        long mean(long span) {
            return covered == 0 || 2 * covered < span ? ABSENT : Math.floorDiv(total + covered / 2, covered);
        }
    }

    /** Sample i holds from t_i to min(t_{i+1}, t_i + hold, to). */
    Integral integrate(int source, int channel, long from, long to, long hold) {
        long covered = 0;
        long total = 0;
        long at = 0;
        long value = ABSENT;
        for (Map.Entry<Long, PowerSamples> minute :
                minutes.between(from - hold, to).entrySet()) {
            PowerSamples samples = minute.getValue();
            for (int i = 0; i < samples.count(source); i++) {
                long next = minute.getKey() + samples.offset(source, i);
                long millis = overlap(at, Math.min(next, at + hold), from, to);
                if (value != ABSENT && millis > 0) {
                    covered += millis;
                    total += value * millis;
                }
                at = next;
                value = samples.milliwatts(source, i, channel);
            }
        }
        long millis = overlap(at, at + hold, from, to);
        if (value != ABSENT && millis > 0) {
            covered += millis;
            total += value * millis;
        }
        return new Integral(covered, total);
    }

    private static long overlap(long a, long b, long from, long to) {
        return Math.min(b, to) - Math.max(a, from);
    }

    /** Forgets samples that no window from {@code from} on can need. */
    void forget(long from, long longestHold) {
        minutes.forget(Resolution.MINUTE.startMillis(from - longestHold) - MINUTE);
    }

    void drainDirty(PartSink sink) {
        minutes.drainDirty(sink);
    }

    void restore(Map<String, byte[]> parts) {
        minutes.restore(parts);
    }
}
