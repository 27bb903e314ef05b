package io.hallwatt.ingest.simulate.load;

import io.hallwatt.ingest.simulate.noise.Noise;
import org.jspecify.annotations.Nullable;

/** Serving people: between 0.4 and 0.8 of peak over the day, most around 20 h local time. */
final class Inference implements Workload.Script {
    private static final double DAY = 86_400;
    private static final double MEAN = 0.6;
    private static final double SWING = 0.19;

    private final double phase;

    /** @param localSeconds of the day at simulated time 0 */
    Inference(long seed, double localSeconds) {
        double top = 20 * 3600 + Noise.between(seed, 0, -1800, 1800);
        this.phase = 2 * Math.PI * (localSeconds - top) / DAY + Math.PI / 2;
    }

    @Override
    public Segment next(@Nullable Segment previous) {
        return new Segment(0, Double.POSITIVE_INFINITY, MEAN, 0, SWING, 2 * Math.PI / DAY, phase, 0);
    }
}
