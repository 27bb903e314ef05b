package io.hallwatt.benchmarks.peers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * One hall in one second, as one first writes it: sums, so that the state stays small. It knows less than aggregate: it counts a repeated report twice, knows no silent
 * racks, no percentiles and no energy, and its sums depend on the order of arrival.
 */
final class PlainHall {
    private static final double BREAKER_AMPS = 100;

    public long reports;
    public double watts;
    public double wattsMin = Double.MAX_VALUE;
    public double wattsMax;
    public double wattsA;
    public double wattsB;
    public double feedLoadMax;
    public String feedLoadMaxRack = "";
    public double feedLossLoadMax;
    public String feedLossLoadMaxRack = "";
    public long feedLossRiskRacks;
    public double inletSum;
    public double inletMin = Double.MAX_VALUE;
    public double inletMax;
    public String inletMaxRack = "";
    public double outletSum;

    @CanIgnoreReturnValue
    PlainHall add(PlainReport report) {
        reports++;
        double a = feed(report.feedA, report.rack);
        double b = feed(report.feedB, report.rack);
        wattsA += a;
        wattsB += b;
        watts += a + b;
        wattsMin = Math.min(wattsMin, a + b);
        wattsMax = Math.max(wattsMax, a + b);
        double loss = 0;
        for (int phase = 0; phase < 3; phase++) {
            loss = Math.max(loss, (amps(report.feedA, phase) + amps(report.feedB, phase)) / BREAKER_AMPS);
        }
        if (loss > feedLossLoadMax) {
            feedLossLoadMax = loss;
            feedLossLoadMaxRack = report.rack;
        }
        feedLossRiskRacks += loss > 0.8 ? 1 : 0;
        if (report.inlet != null) {
            double inlet = report.inlet.hottest();
            inletSum += inlet;
            inletMin = Math.min(inletMin, inlet);
            if (inlet > inletMax) {
                inletMax = inlet;
                inletMaxRack = report.rack;
            }
        }
        outletSum += report.outletCelsius;
        return this;
    }

    private double feed(PlainReport.@Nullable Feed feed, String rack) {
        if (feed == null) {
            return 0;
        }
        double sum = 0;
        for (double phase : feed.watts) {
            sum += phase;
        }
        for (double amps : feed.amps) {
            if (amps / BREAKER_AMPS > feedLoadMax) {
                feedLoadMax = amps / BREAKER_AMPS;
                feedLoadMaxRack = rack;
            }
        }
        return sum;
    }

    private static double amps(PlainReport.@Nullable Feed feed, int phase) {
        return feed == null || phase >= feed.amps.length ? 0 : feed.amps[phase];
    }
}
