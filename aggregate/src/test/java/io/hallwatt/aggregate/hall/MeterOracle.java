package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.energy.BatchOracle;
import io.hallwatt.aggregate.energy.MeterSpec;
import io.hallwatt.aggregate.energy.RegisterStream.Shown;
import java.util.List;

/** One meter, from all that it ever said: its register, and power alone, which counts until the register first speaks. */
final class MeterOracle {
    private static final long MICROJOULES_IN_MILLIWATT_HOUR = 3_600_000;

    /** Power of a reading that has no register. */
    record Sample(long at, long milliwatts) {}

    private final BatchOracle register;
    private final List<Sample> samples;
    private final long hold;
    private final long registerSince;

    /** Both in order of time, each once. */
    MeterOracle(MeterSpec spec, List<Shown> shown, List<Sample> samples) {
        this.register = new BatchOracle(spec, shown);
        this.samples = samples;
        this.hold = 3 * spec.reportInterval().toMillis();
        this.registerSince = shown.isEmpty() ? Long.MAX_VALUE : shown.getFirst().at();
    }

    long measured(long start, long end) {
        return register.window(start, end)[0] + sampled(end) - sampled(start);
    }

    long estimated(long start, long end) {
        return register.window(start, end)[1];
    }

    boolean complete(long start, long end) {
        return register.complete(start, end) || 100 * (covered(end) - covered(start)) >= 95 * (end - start);
    }

    long total() {
        return register.total() + sampled(Long.MAX_VALUE);
    }

    /** Whole mWh of all samples up to {@code at}. */
    private long sampled(long at) {
        long microjoules = 0;
        for (int i = 0; i < samples.size(); i++) {
            microjoules += samples.get(i).milliwatts() * millis(i, at);
        }
        return microjoules / MICROJOULES_IN_MILLIWATT_HOUR;
    }

    private long covered(long at) {
        long millis = 0;
        for (int i = 0; i < samples.size(); i++) {
            millis += millis(i, at);
        }
        return millis;
    }

    private long millis(int sample, long at) {
        long from = samples.get(sample).at();
        long next = sample + 1 < samples.size() ? samples.get(sample + 1).at() : Long.MAX_VALUE;
        return Math.max(0, Math.min(Math.min(next, from + hold), Math.min(registerSince, at)) - from);
    }
}
