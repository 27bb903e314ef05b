package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.rack.RackReport.ABSENT;

import io.hallwatt.aggregate.rack.FeedLimits;
import io.hallwatt.aggregate.rack.RackSummary;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import java.util.Arrays;
import java.util.function.DoublePredicate;

/** What a hall's feeds and their phases carried in one closed window, and what one of them would have to carry alone. */
final class FeedQuantities {
    private static final String[] FEEDS = {"A", "B"};
    private static final String[] PHASES = {"L1", "L2", "L3"};
    private static final double FEED_LOSS_LIMIT = 0.8;

    private final RackSummary racks;
    private final RackFigures figures;
    private final Quantities.Builder quantities;

    FeedQuantities(RackSummary racks, RackFigures figures, Quantities.Builder quantities) {
        this.racks = racks;
        this.figures = figures;
        this.quantities = quantities;
    }

    void put() {
        for (int f = 0; f < 2; f++) {
            Quantity power = power(f);
            quantities.put(Metric.HALL_FEED_POWER, FEEDS[f], power);
            phases(f, power);
            double[] loads = racks.feedLoads(f);
            double[] headroom = racks.breakerHeadrooms(f);
            quantities.put(
                    Metric.HALL_FEED_LOAD_MAX,
                    FEEDS[f],
                    figures.worst(loads, 1, figures.ofFeed(loads, f), load -> load > FEED_LOSS_LIMIT));
            quantities.put(
                    Metric.HALL_BREAKER_HEADROOM,
                    FEEDS[f],
                    figures.worst(headroom, -1, figures.ofFeed(headroom, f), amps -> amps < 0));
            lost(f);
        }
        double[] loads = racks.feedLossLoads();
        Told told = figures.ofBothFeeds(loads);
        DoublePredicate atRisk = load -> load > FEED_LOSS_LIMIT;
        quantities.put(Metric.HALL_FEED_LOSS_LOAD_MAX, figures.worst(loads, 1, told, atRisk));
        quantities.put(
                Metric.HALL_FEED_LOSS_RISK,
                risks((int) Arrays.stream(loads).filter(atRisk).count(), told));
    }

    /** Sum over racks of a feed's mean; estimated where some rack that has the feed does not tell it for the whole window. */
    private Quantity power(int feed) {
        long sum = 0;
        boolean any = false;
        boolean partly = false;
        for (int r = 0; r < racks.racks(); r++) {
            long covered = racks.feedCoveredMillis(r, feed);
            partly |= covered < racks.windowMillis() && (covered > 0 || racks.hasFeed(r, feed));
            if (racks.feedMilliwatts(r, feed) != ABSENT) {
                sum += racks.feedMilliwatts(r, feed);
                any = true;
            }
        }
        return HallQuantities.watts(any ? sum : ABSENT, partly, Reason.NO_READINGS);
    }

    /** A count of risks: none is said where more than a few racks are mute, and those that are seen are told however few speak. */
    private static Quantity risks(int seen, Told told) {
        if (told.part() < Side.LEAST && seen == 0) {
            return Quantity.unknown(told.known() == 0 ? Reason.NO_READINGS : Reason.INCOMPLETE);
        }
        return Quantity.known(seen, !told.whole());
    }

    /** How many racks are without a feed, of those that tell. */
    private void lost(int feed) {
        int lost = 0;
        int tell = 0;
        boolean modelled = false;
        double[] flags = racks.feedsLost(feed);
        for (int r = 0; r < racks.racks(); r++) {
            double without = flags[r];
            modelled |= racks.hasFeed(r, feed);
            tell += Double.isNaN(without) ? 0 : 1;
            lost += without == 1 ? 1 : 0;
        }
        Reason none = modelled ? Reason.NO_READINGS : Reason.NOT_MEASURED;
        quantities.put(Metric.HALL_FEED_LOST_RACKS, FEEDS[feed], known(tell == 0 ? Double.NaN : lost, none));
        quantities.put(Metric.HALL_FEED_LOST, FEEDS[feed], known(lost / (double) tell, none));
    }

    /** A feed's power by phase: shared out as the racks that tell their phases draw. */
    private void phases(int feed, Quantity power) {
        double[] milliwatts = new double[PHASES.length];
        double[] amps = new double[PHASES.length];
        boolean partly = false;
        int three = 0;
        int heard = 0;
        int expected = 0;
        for (int r = 0; r < racks.racks(); r++) {
            boolean tells = racks.addPhasePower(r, feed, milliwatts);
            partly |= !tells && racks.feedCoveredMillis(r, feed) > 0;
            boolean tellsThree = racks.addPhaseAmps(r, feed, amps);
            three += tellsThree ? 1 : 0;
            heard += tellsThree && figures.heard(racks.feedCoveredMillis(r, feed)) ? 1 : 0;
            expected += tellsThree || racks.hasThreePhases(r, feed) ? 1 : 0;
        }
        double all = Arrays.stream(milliwatts).sum();
        Quantity told = all > 0 ? Quantity.known(all, partly) : Quantity.unknown(Reason.NO_READINGS);
        for (int phase = 0; phase < PHASES.length; phase++) {
            double part = milliwatts[phase];
            quantities.put(
                    Metric.HALL_PHASE_POWER,
                    FEEDS[feed] + "/" + PHASES[phase],
                    Quantity.of(power, told, (watts, sum) -> watts * part / sum));
        }
        double imbalance = FeedLimits.imbalance(amps[0], amps[1], amps[2]);
        quantities.put(
                Metric.HALL_PHASE_IMBALANCE,
                FEEDS[feed],
                Double.isNaN(imbalance)
                        ? Quantity.unknown(three > 0 ? Reason.DIVISOR_ZERO : Reason.NO_READINGS)
                        : new Told(expected, expected - three, three, heard).quantity(imbalance));
    }

    private static Quantity known(double value, Reason none) {
        return Double.isNaN(value) ? Quantity.unknown(none) : Quantity.measured(value);
    }
}
