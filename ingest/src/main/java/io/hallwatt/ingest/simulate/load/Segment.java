package io.hallwatt.ingest.simulate.load;

import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.sin;

/**
 * A stretch of a workload: level + slope·τ + swing·sin(ω·τ + φ), τ seconds after its start. Its integral is a formula, so a register can be exactly the
 * integral of the power at any time, whatever the rate of reports.
 *
 * @param start  seconds of simulated time
 * @param end    likewise, after {@code start}; infinite for a workload that never changes
 * @param level  part of the racks' peak power
 * @param slope  of the level, per second
 * @param swing  amplitude of the sine
 * @param omega  radians per second, above 0
 * @param phase  radians
 * @param before the integral up to {@code start}, in seconds at peak power
 */
record Segment(
        double start, double end, double level, double slope, double swing, double omega, double phase, double before) {

    /** Part of the peak power at {@code t}, within the segment. */
    double level(double t) {
        double tau = t - start;
        double level = this.level + slope * tau;
        return swing == 0 ? level : level + swing * sin(omega * tau + phase);
    }

    /** From 0 to {@code t}, within the segment. */
    double integral(double t) {
        double tau = t - start;
        double area = before + (level + 0.5 * slope * tau) * tau;
        return swing == 0 ? area : area + swing / omega * (cos(phase) - cos(omega * tau + phase));
    }

    /** What its successor starts with. */
    double after() {
        return integral(end);
    }
}
