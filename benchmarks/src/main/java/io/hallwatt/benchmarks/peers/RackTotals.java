package io.hallwatt.benchmarks.peers;

import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Rack;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one rack said in one window: sums, leasts and largests, so that seconds add up to minutes. NaN where something is not known, −1 where no current was told. */
final class RackTotals {
    private static final double CONTINUOUS = 0.8;
    private static final double LEAST_COMPLETENESS = 0.5;

    public long readings;
    /** It said nothing, and what it said last still holds. */
    public boolean held;

    public double wattsMin = Double.MAX_VALUE;
    public double wattsMax = -Double.MAX_VALUE;
    /** Ms for which power is known, and energy in them, mJ: of the rack, of feed A, of feed B. */
    public long[] coveredMillis = new long[3];

    public double[] millijoules = new double[3];
    /** A/L1, A/L2, A/L3, B/L1, B/L2, B/L3. */
    public double[] ampsMax = {-1, -1, -1, -1, -1, -1};

    public double[] ampsSum = new double[6];
    public double[] wattsSum = new double[6];
    public long[] phaseReadings = new long[2];
    /** By phase, of I_A + I_B. */
    public double[] bothFeedsAmpsMax = {-1, -1, -1};
    /** By sensor. */
    public double[] inletSum = new double[3];

    public long[] inletReadings = new long[3];
    public double outletSum;
    public long outletReadings;

    void add(FullReport report, double watts) {
        readings++;
        if (!Double.isNaN(watts)) {
            wattsMin = Math.min(wattsMin, watts);
            wattsMax = Math.max(wattsMax, watts);
        }
        for (int feed = 0; feed < 2; feed++) {
            FullReport.Feed told = report.feed(feed);
            if (told != null && told.amps.length > 0) {
                phaseReadings[feed]++;
                for (int phase = 0; phase < told.amps.length; phase++) {
                    int place = 3 * feed + phase;
                    ampsMax[place] = Math.max(ampsMax[place], told.amps[phase]);
                    ampsSum[place] += told.amps[phase];
                    wattsSum[place] += told.watts[phase];
                }
            }
        }
        if (report.feedA != null && report.feedB != null) {
            for (int phase = 0; phase < Math.min(report.feedA.amps.length, report.feedB.amps.length); phase++) {
                bothFeedsAmpsMax[phase] =
                        Math.max(bothFeedsAmpsMax[phase], report.feedA.amps[phase] + report.feedB.amps[phase]);
            }
        }
        double[] sensors = report.inlet == null ? new double[0] : report.inlet.sensors();
        for (int sensor = 0; sensor < sensors.length; sensor++) {
            if (!Double.isNaN(sensors[sensor])) {
                inletSum[sensor] += sensors[sensor];
                inletReadings[sensor]++;
            }
        }
        if (!Double.isNaN(report.outletCelsius)) {
            outletSum += report.outletCelsius;
            outletReadings++;
        }
    }

    /** Power that holds from one time to another, by channel. */
    void cover(double[] watts, long from, long to) {
        for (int channel = 0; channel < watts.length; channel++) {
            if (to > from && !Double.isNaN(watts[channel])) {
                coveredMillis[channel] += to - from;
                millijoules[channel] += watts[channel] * (to - from);
            }
        }
    }

    /** Adds a shorter window of the same rack. */
    void add(RackTotals shorter) {
        readings += shorter.readings;
        wattsMin = Math.min(wattsMin, shorter.wattsMin);
        wattsMax = Math.max(wattsMax, shorter.wattsMax);
        sum(coveredMillis, shorter.coveredMillis);
        sum(millijoules, shorter.millijoules);
        largest(ampsMax, shorter.ampsMax);
        sum(ampsSum, shorter.ampsSum);
        sum(wattsSum, shorter.wattsSum);
        sum(phaseReadings, shorter.phaseReadings);
        largest(bothFeedsAmpsMax, shorter.bothFeedsAmpsMax);
        sum(inletSum, shorter.inletSum);
        sum(inletReadings, shorter.inletReadings);
        outletSum += shorter.outletSum;
        outletReadings += shorter.outletReadings;
    }

    /** This power with what the rack said last. */
    RackTotals holding(RackTotals last) {
        RackTotals shown = new RackTotals();
        shown.add(last);
        shown.readings = 0;
        shown.held = true;
        shown.wattsMin = wattsMin;
        shown.wattsMax = wattsMax;
        shown.coveredMillis = coveredMillis;
        shown.millijoules = millijoules;
        return shown;
    }

    private static void sum(long[] into, long[] more) {
        Arrays.setAll(into, i -> into[i] + more[i]);
    }

    private static void sum(double[] into, double[] more) {
        Arrays.setAll(into, i -> into[i] + more[i]);
    }

    private static void largest(double[] into, double[] more) {
        Arrays.setAll(into, i -> Math.max(into[i], more[i]));
    }

    /** Mean over the covered time of the rack (0), feed A (1), feed B (2), W; NaN where less than half the window is covered. */
    double watts(int channel, long windowMillis) {
        long covered = coveredMillis[channel];
        return covered == 0 || covered < LEAST_COMPLETENESS * windowMillis
                ? Double.NaN
                : millijoules[channel] / covered;
    }

    double feedAmps(int feed) {
        double largest = Math.max(ampsMax[3 * feed], Math.max(ampsMax[3 * feed + 1], ampsMax[3 * feed + 2]));
        return largest < 0 ? Double.NaN : largest;
    }

    private double bothFeedsAmps() {
        double largest = Arrays.stream(bothFeedsAmpsMax).max().orElse(-1);
        return largest < 0 ? Double.NaN : largest;
    }

    double meanAmps(int feed, int phase) {
        return ampsMax[3 * feed + phase] < 0 ? Double.NaN : ampsSum[3 * feed + phase] / phaseReadings[feed];
    }

    double feedLoad(@Nullable Feed rated, int feed) {
        return rated == null ? Double.NaN : feedAmps(feed) / rated.breakerAmps();
    }

    double breakerHeadroom(@Nullable Feed rated, int feed) {
        return rated == null ? Double.NaN : CONTINUOUS * rated.breakerAmps() - feedAmps(feed);
    }

    double feedLossLoad(Rack rack) {
        Feed a = rack.feedA();
        Feed b = rack.feedB();
        return a == null || b == null ? Double.NaN : bothFeedsAmps() / Math.min(a.breakerAmps(), b.breakerAmps());
    }

    /** W that the rack could draw more and still hold on one feed. */
    double headroomWatts(Rack rack) {
        Feed a = rack.feedA();
        Feed b = rack.feedB();
        if (a != null && b != null) {
            double rated = Math.min(a.breakerAmps(), b.breakerAmps());
            return (CONTINUOUS * rated - bothFeedsAmps())
                    * Math.min(a.phases(), b.phases())
                    * Math.min(a.volts(), b.volts());
        }
        Feed only = a == null ? b : a;
        return only == null ? Double.NaN : breakerHeadroom(only, a == null ? 1 : 0) * only.phases() * only.volts();
    }

    /** Mean of the hottest intake sensor, °C. */
    double inletMax() {
        return Arrays.stream(inlets()).max().orElse(Double.NaN);
    }

    /** Mean of the coldest intake sensor, °C. */
    double inletMin() {
        return Arrays.stream(inlets()).min().orElse(Double.NaN);
    }

    /** By how much the rack warms its air, K. */
    double kelvin() {
        double outlet = outletReadings == 0 ? Double.NaN : outletSum / outletReadings;
        return outlet - Arrays.stream(inlets()).average().orElse(Double.NaN);
    }

    private double[] inlets() {
        double[] means = new double[3];
        Arrays.setAll(means, s -> inletReadings[s] == 0 ? Double.NaN : inletSum[s] / inletReadings[s]);
        return Arrays.stream(means).filter(mean -> !Double.isNaN(mean)).toArray();
    }
}
