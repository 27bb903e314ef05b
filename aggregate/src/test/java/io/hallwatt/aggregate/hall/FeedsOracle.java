package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Feed;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** What a hall's feeds and phases carried in one window. */
final class FeedsOracle {
    private static final double AT_RISK = 0.8;

    private final List<RackOracle> racks;

    FeedsOracle(List<RackOracle> racks) {
        this.racks = racks;
    }

    void put(Quantities.Builder all) {
        for (int f = 0; f < 2; f++) {
            int feed = f;
            String name = feed == 0 ? "A" : "B";
            all.put(Metric.HALL_FEED_POWER, name, power(feed));
            for (int phase = 0; phase < 3; phase++) {
                all.put(Metric.HALL_PHASE_POWER, name + "/L" + (phase + 1), power(feed, phase));
            }
            all.put(Metric.HALL_PHASE_IMBALANCE, name, imbalance(feed));
            List<RackOracle> fed =
                    racks.stream().filter(rack -> rack.model(feed) != null).toList();
            all.put(
                    Metric.HALL_FEED_LOAD_MAX,
                    name,
                    sure(
                            largest(fed, rack -> rack.feedLoad(feed)),
                            fed,
                            rack -> rack.feedLoad(feed),
                            rack -> rack.heard(feed),
                            v -> v > AT_RISK));
            all.put(
                    Metric.HALL_BREAKER_HEADROOM,
                    name,
                    sure(
                            least(fed, rack -> rack.breakerHeadroom(feed)),
                            fed,
                            rack -> rack.breakerHeadroom(feed),
                            rack -> rack.heard(feed),
                            v -> v < 0));
            all.put(Metric.HALL_FEED_LOST_RACKS, name, lost(feed, DoubleStream::sum));
            all.put(
                    Metric.HALL_FEED_LOST,
                    name,
                    lost(feed, flags -> flags.average().orElseThrow()));
        }
        List<RackOracle> both = racks.stream()
                .filter(rack -> rack.model(0) != null && rack.model(1) != null)
                .toList();
        all.put(
                Metric.HALL_FEED_LOSS_LOAD_MAX,
                sure(
                        largest(both, RackOracle::feedLossLoad),
                        both,
                        RackOracle::feedLossLoad,
                        RackOracle::heardOfFeeds,
                        v -> v > AT_RISK));
        all.put(Metric.HALL_FEED_LOSS_RISK, risks(both));
    }

    /** No risk is said only of 95 % of the racks; a risk is said by whoever knows it. */
    private static Quantity risks(List<RackOracle> both) {
        double known = share(both, RackOracle::feedLossLoad);
        double risks =
                both.stream().filter(rack -> rack.feedLossLoad() > AT_RISK).count();
        if (risks == 0 && (known < 0.95 || both.isEmpty())) {
            return Quantity.unknown(known == 0 || both.isEmpty() ? Reason.NO_READINGS : Reason.INCOMPLETE);
        }
        boolean whole = known == 1 && both.stream().allMatch(RackOracle::heardOfFeeds);
        return whole ? Quantity.measured(risks) : Quantity.estimated(risks);
    }

    private static double share(List<RackOracle> of, ToDoubleFunction<RackOracle> value) {
        return of.stream()
                .mapToDouble(rack -> Double.isNaN(value.applyAsDouble(rack)) ? 0 : 1)
                .average()
                .orElse(1);
    }

    /** How sure a figure is that these racks should tell. */
    private static Quantity sure(
            Quantity figure,
            List<RackOracle> of,
            ToDoubleFunction<RackOracle> value,
            Predicate<RackOracle> heard,
            DoublePredicate fault) {
        double known = share(of, value);
        return sure(figure, known < 1 || !of.stream().allMatch(heard), known < 0.5, fault);
    }

    /** @param few less than half know it: then only what is a fault by itself is told */
    static Quantity sure(Quantity figure, boolean partly, boolean few, DoublePredicate fault) {
        if (!(figure instanceof Quantity.Measured known)) {
            return figure;
        }
        if (few && !fault.test(known.value())) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        return partly ? new Quantity.Estimated(known.value(), known.where()) : known;
    }

    /** Of the flags of the racks that tell. */
    private Quantity lost(int feed, ToDoubleFunction<DoubleStream> of) {
        double[] flags = racks.stream()
                .mapToDouble(rack -> rack.feedLost(feed))
                .filter(flag -> !Double.isNaN(flag))
                .toArray();
        if (flags.length == 0) {
            boolean none = racks.stream().allMatch(rack -> rack.model(feed) == null);
            return Quantity.unknown(none ? Reason.NOT_MEASURED : Reason.NO_READINGS);
        }
        return Quantity.measured(of.applyAsDouble(DoubleStream.of(flags)));
    }

    private Quantity power(int feed) {
        long sum = 0;
        boolean known = false;
        boolean partly = false;
        for (RackOracle rack : racks) {
            Covered power = rack.power(feed);
            boolean has = rack.model(feed) != null || power.any();
            partly |= has && !power.whole();
            known |= power.known();
            sum += power.known() ? power.mean() : 0;
        }
        if (!known) {
            return Quantity.unknown(Reason.NO_READINGS);
        }
        return partly ? Quantity.estimated(sum / 1_000.0) : Quantity.measured(sum / 1_000.0);
    }

    /** The feed's power, shared out as the racks that tell their phases draw; estimated where one does not. */
    private Quantity power(int feed, int phase) {
        double ofPhase = 0;
        double ofAll = 0;
        boolean silent = false;
        for (RackOracle rack : racks) {
            Covered power = rack.power(feed);
            double drawn = rack.phaseWatts(feed, 0) + rack.phaseWatts(feed, 1) + rack.phaseWatts(feed, 2);
            if (power.known() && rack.tellsPhases(feed)) {
                ofPhase += drawn == 0 ? 0 : power.mean() * rack.phaseWatts(feed, phase) / drawn;
                ofAll += drawn == 0 ? 0 : power.mean();
            } else {
                silent |= power.any();
            }
        }
        double part = ofPhase / ofAll;
        Quantity share = Quantity.unknown(Reason.NO_READINGS);
        if (ofAll > 0) {
            share = silent ? Quantity.estimated(part) : Quantity.measured(part);
        }
        return Quantity.of(power(feed), share, (watts, of) -> watts * of);
    }

    private Quantity imbalance(int feed) {
        double[] amps = new double[3];
        boolean any = false;
        int mute = 0;
        int tell = 0;
        boolean unheard = false;
        for (RackOracle rack : racks) {
            Feed model = rack.model(feed);
            if (Double.isNaN(rack.meanAmps(feed, 2))) {
                mute += model != null && model.phases() == 3 ? 1 : 0;
            } else {
                tell++;
                any = true;
                unheard |= !rack.heard(feed);
                for (int phase = 0; phase < 3; phase++) {
                    amps[phase] += rack.meanAmps(feed, phase);
                }
            }
        }
        double imbalance = RackOracle.imbalance(amps);
        if (Double.isNaN(imbalance)) {
            return Quantity.unknown(any ? Reason.DIVISOR_ZERO : Reason.NO_READINGS);
        }
        return sure(Quantity.measured(imbalance), mute > 0 || unheard, mute > tell, v -> false);
    }

    /** The largest that any rack knows, and the first rack that has it. */
    static Quantity largest(List<RackOracle> racks, ToDoubleFunction<RackOracle> of) {
        RackOracle worst = null;
        for (RackOracle rack : racks) {
            double value = of.applyAsDouble(rack);
            if (!Double.isNaN(value) && (worst == null || value > of.applyAsDouble(worst))) {
                worst = rack;
            }
        }
        return worst == null
                ? Quantity.unknown(Reason.NO_READINGS)
                : Quantity.measured(of.applyAsDouble(worst), worst.id());
    }

    static Quantity least(List<RackOracle> racks, ToDoubleFunction<RackOracle> of) {
        return largest(racks, rack -> -of.applyAsDouble(rack)) instanceof Quantity.Measured worst
                ? Quantity.measured(-worst.value(), worst.where())
                : Quantity.unknown(Reason.NO_READINGS);
    }
}
