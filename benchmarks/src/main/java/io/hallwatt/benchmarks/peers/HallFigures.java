package io.hallwatt.benchmarks.peers;

import io.hallwatt.contract.site.AshraeClass;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a hall's closed window says, by the catalogue's formulas: all that comes of rack reports and the site model. NaN where it is not known; why is not told, nor
 * whether it is measured or estimated. Headrooms are those of racks and power, and so is what of them is stranded: cooling is not read.
 */
final class HallFigures {
    private static final RackTotals NOTHING = new RackTotals();

    public long windowMillis;
    public int racksExpected;
    public int racksReporting;
    public int racksSilent;
    public double completeness;
    public double itWatts = Double.NaN;
    public double itWattsMin = Double.NaN;
    public double itWattsMax = Double.NaN;
    /** A, B. */
    public double[] feedWatts = {Double.NaN, Double.NaN};
    /** A/L1 … B/L3. */
    public double[] phaseWatts = {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};

    public double[] phaseImbalance = {Double.NaN, Double.NaN};
    public Worst[] feedLoadMax = {new Worst(), new Worst()};
    public Worst[] breakerHeadroom = {new Worst(), new Worst()};
    public Worst feedLossLoadMax = new Worst();
    public int feedLossRiskRacks;
    public double inletMean = Double.NaN;
    public double inletP95 = Double.NaN;
    public Worst inletMax = new Worst();
    public Worst inletMin = new Worst();
    public double inletAboveRecommended = Double.NaN;
    public double inletAboveAllowable = Double.NaN;
    public double rciHigh = Double.NaN;
    public double rciLow = Double.NaN;
    /** ΣP / Σ(P/ΔT): the racks' half of the return temperature index. */
    public double equipmentKelvin = Double.NaN;

    public double rackHeadroomWatts = Double.NaN;
    public double powerHeadroomWatts = Double.NaN;
    public double strandedRackWatts = Double.NaN;
    public double strandedPowerWatts = Double.NaN;

    /** The worst of all racks, and whose it is. */
    static final class Worst {
        public double value = Double.NaN;
        public String rack = "";
    }

    /** Of a second: least and largest are sums over racks of their least and largest samples. */
    static HallFigures second(Hall hall, Map<String, RackTotals> racks) {
        return new HallFigures().of(hall, racks, HallSeconds.SECOND).ownExtremes(hall, racks);
    }

    /** Of a minute: least and largest are of its seconds' means. */
    static HallFigures minute(Hall hall, HallMinute minute) {
        HallFigures figures = new HallFigures().of(hall, minute.racks, 60 * HallSeconds.SECOND);
        figures.itWattsMin = minute.wattsMin;
        figures.itWattsMax = minute.wattsMax;
        return figures;
    }

    private HallFigures of(Hall hall, Map<String, RackTotals> racks, long millis) {
        windowMillis = millis;
        counts(hall, racks);
        power(hall, racks);
        feeds(hall, racks);
        inlets(hall, racks);
        headroom(hall, racks);
        return this;
    }

    private HallFigures ownExtremes(Hall hall, Map<String, RackTotals> racks) {
        double least = 0;
        double largest = 0;
        for (Rack rack : hall.racks()) {
            RackTotals totals = totals(rack, racks);
            double mean = totals.watts(0, windowMillis);
            if (!Double.isNaN(mean)) {
                least += totals.wattsMin == Double.MAX_VALUE ? mean : totals.wattsMin;
                largest += totals.wattsMax == -Double.MAX_VALUE ? mean : totals.wattsMax;
            }
        }
        if (!Double.isNaN(itWatts)) {
            itWattsMin = least;
            itWattsMax = largest;
        }
        return this;
    }

    private void counts(Hall hall, Map<String, RackTotals> racks) {
        long covered = 0;
        for (Rack rack : hall.racks()) {
            RackTotals totals = totals(rack, racks);
            covered += Math.min(windowMillis, totals.coveredMillis[0]);
            racksReporting += totals.readings > 0 || totals.held ? 1 : 0;
        }
        racksExpected = hall.racks().size();
        racksSilent = racksExpected - racksReporting;
        completeness = racksExpected == 0 ? 0 : covered / ((double) racksExpected * windowMillis);
    }

    private void power(Hall hall, Map<String, RackTotals> racks) {
        double watts = 0;
        double air = 0;
        double warmed = 0;
        boolean any = false;
        for (Rack rack : hall.racks()) {
            RackTotals totals = totals(rack, racks);
            double mean = totals.watts(0, windowMillis);
            double kelvin = totals.kelvin();
            any |= !Double.isNaN(mean);
            watts += Double.isNaN(mean) ? 0 : mean;
            if (mean > 0 && kelvin > 0) {
                warmed += mean;
                air += mean / kelvin;
            }
        }
        itWatts = any && completeness >= 0.5 ? watts : Double.NaN;
        equipmentKelvin = air == 0 ? Double.NaN : warmed / air;
    }

    private void feeds(Hall hall, Map<String, RackTotals> racks) {
        for (int f = 0; f < 2; f++) {
            int feed = f;
            feed(hall, racks, feed);
            feedLoadMax[feed] = worst(hall, r -> totals(r, racks).feedLoad(rated(r, feed), feed), 1);
            breakerHeadroom[feed] = worst(hall, r -> totals(r, racks).breakerHeadroom(rated(r, feed), feed), -1);
        }
        feedLossLoadMax = worst(hall, r -> totals(r, racks).feedLossLoad(r), 1);
        for (Rack rack : hall.racks()) {
            feedLossRiskRacks += totals(rack, racks).feedLossLoad(rack) > 0.8 ? 1 : 0;
        }
    }

    private void feed(Hall hall, Map<String, RackTotals> racks, int feed) {
        double watts = 0;
        boolean any = false;
        double[] phases = new double[3];
        double[] amps = new double[3];
        for (Rack rack : hall.racks()) {
            RackTotals totals = totals(rack, racks);
            double mean = totals.watts(1 + feed, windowMillis);
            double all = totals.wattsSum[3 * feed] + totals.wattsSum[3 * feed + 1] + totals.wattsSum[3 * feed + 2];
            any |= !Double.isNaN(mean);
            watts += Double.isNaN(mean) ? 0 : mean;
            for (int phase = 0; phase < 3; phase++) {
                phases[phase] += Double.isNaN(mean) || all == 0 ? 0 : mean * totals.wattsSum[3 * feed + phase] / all;
                amps[phase] += Double.isNaN(totals.meanAmps(feed, 2)) ? 0 : totals.meanAmps(feed, phase);
            }
        }
        double told = phases[0] + phases[1] + phases[2];
        feedWatts[feed] = any ? watts : Double.NaN;
        for (int phase = 0; phase < 3; phase++) {
            phaseWatts[3 * feed + phase] = told > 0 ? feedWatts[feed] * phases[phase] / told : Double.NaN;
        }
        double mean = (amps[0] + amps[1] + amps[2]) / 3;
        double furthest = Arrays.stream(amps).map(i -> Math.abs(i - mean)).max().orElse(0);
        phaseImbalance[feed] = mean > 0 ? furthest / mean : Double.NaN;
    }

    private void inlets(Hall hall, Map<String, RackTotals> racks) {
        double[] hottest = known(hall, r -> totals(r, racks).inletMax());
        double[] coldest = known(hall, r -> totals(r, racks).inletMin());
        if (hottest.length == 0) {
            return;
        }
        Arrays.sort(hottest);
        AshraeClass ashrae = hall.ashrae();
        inletMean = Arrays.stream(hottest).average().orElse(Double.NaN);
        inletP95 = hottest[(95 * hottest.length + 99) / 100 - 1];
        inletMax = worst(hall, r -> totals(r, racks).inletMax(), 1);
        inletMin = worst(hall, r -> totals(r, racks).inletMin(), -1);
        inletAboveRecommended = inletMax.value - ashrae.recommendedMaxCelsius();
        inletAboveAllowable = inletMax.value - ashrae.allowableMaxCelsius();
        rciHigh = rci(
                Arrays.stream(hottest)
                        .map(celsius -> celsius - ashrae.recommendedMaxCelsius())
                        .toArray(),
                ashrae.allowableMaxCelsius() - ashrae.recommendedMaxCelsius());
        rciLow = rci(
                Arrays.stream(coldest)
                        .map(celsius -> ashrae.recommendedMinCelsius() - celsius)
                        .toArray(),
                ashrae.recommendedMinCelsius() - ashrae.allowableMinCelsius());
    }

    private static double rci(double[] beyond, double most) {
        double sum = Arrays.stream(beyond).filter(kelvin -> kelvin > 0).sum();
        return Math.max(0, 1 - sum / (most * beyond.length));
    }

    private void headroom(Hall hall, Map<String, RackTotals> racks) {
        double[] known = known(hall, r -> totals(r, racks).headroomWatts(r));
        if (known.length > 0 && 2 * known.length >= racksExpected) {
            rackHeadroomWatts =
                    Arrays.stream(known).map(watts -> Math.max(0, watts)).sum();
        }
        powerHeadroomWatts = hall.powerCapacityWatts() - itWatts;
        double usable = Math.max(0, Math.min(rackHeadroomWatts, powerHeadroomWatts));
        strandedRackWatts = rackHeadroomWatts - usable;
        strandedPowerWatts = Math.max(0, powerHeadroomWatts) - usable;
    }

    private static double[] known(Hall hall, ToDoubleFunction<Rack> value) {
        return hall.racks().stream()
                .mapToDouble(value)
                .filter(v -> !Double.isNaN(v))
                .toArray();
    }

    private static Worst worst(Hall hall, ToDoubleFunction<Rack> value, int sign) {
        Worst worst = new Worst();
        for (Rack rack : hall.racks()) {
            double v = value.applyAsDouble(rack);
            if (!Double.isNaN(v) && (Double.isNaN(worst.value) || sign * v > sign * worst.value)) {
                worst.value = v;
                worst.rack = rack.id().text();
            }
        }
        return worst;
    }

    private static @Nullable Feed rated(Rack rack, int feed) {
        return feed == 0 ? rack.feedA() : rack.feedB();
    }

    private static RackTotals totals(Rack rack, Map<String, RackTotals> racks) {
        return racks.getOrDefault(rack.id().text(), NOTHING);
    }
}
