package io.hallwatt.ingest.simulate;

import io.hallwatt.ingest.simulate.scenario.Fault;
import io.hallwatt.ingest.simulate.scenario.Span;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What a scenario does to one rack's feeds. Between two edges of its faults everything is a formula; at each edge the registers are carried over, so they stay the exact
 * integral of the power through every fault. Moves forward only.
 */
final class RackTrouble {
    private static final double WARMING_SECONDS = 60;

    private final RackModel racks;
    private final int rack;
    private final List<Fault> faults;
    private final long runMillis;
    private long since;
    private final double[] shown = new double[2]; // registers at `since`, Wh

    /** @param runMillis simulated time at which the run starts that the faults count from */
    RackTrouble(RackModel racks, int rack, List<Fault> faults, long runMillis) {
        this.racks = racks;
        this.rack = rack;
        this.faults = List.copyOf(faults);
        this.runMillis = runMillis;
        this.since = runMillis;
        for (int feed = 0; feed < 2; feed++) {
            shown[feed] = racks.shownWattHours(rack, feed, runMillis / 1000.0);
        }
        reset(runMillis);
    }

    void moveTo(long millis) {
        for (long edge = nextEdge(); edge <= millis; edge = nextEdge()) {
            double a = shownWattHours(0, edge);
            double b = shownWattHours(1, edge);
            shown[0] = a;
            shown[1] = b;
            since = edge;
            reset(edge);
        }
    }

    private void reset(long millis) {
        for (Fault fault : faults) {
            if (fault instanceof Fault.RegisterReset && fault.span().beginsAt(millis - runMillis)) {
                shown[0] = 0;
                shown[1] = 0;
            }
        }
    }

    private long nextEdge() {
        long next = Span.NEVER;
        for (Fault fault : faults) {
            long edge = fault.span().nextEdge(since - runMillis);
            next = Math.min(next, edge == Span.NEVER ? edge : edge + runMillis);
        }
        return next;
    }

    /** @param millis not before the last edge moved to, not after the next */
    double shownWattHours(int feed, long millis) {
        double seconds = (millis - since) / 1000.0;
        double normal = racks.wattHours(rack, millis / 1000.0) - racks.wattHours(rack, since / 1000.0);
        return shown[feed] + drawn(feed, since, normal, seconds / 3600);
    }

    double watts(int feed, long millis) {
        return drawn(feed, millis, racks.watts(rack, millis / 1000.0), 1);
    }

    /**
     * What goes through a feed in the state of things at {@code millis}.
     *
     * @param normal of the whole rack
     * @param hours  that an overload lasts, or 1 for power
     */
    private double drawn(int feed, long millis, double normal, double hours) {
        if (lost(feed, millis)) {
            return 0;
        }
        double overload = overloadWatts(feed, millis);
        if (overload > 0) {
            return overload * hours;
        }
        double share = feed == 0 ? racks.shareA(rack) : 1 - racks.shareA(rack);
        return lost(1 - feed, millis) ? normal : share * normal;
    }

    /** What the rack draws beyond what it would, W; the hall's cooling and the site's bus see it. */
    double extraWatts(long millis) {
        double normal = racks.watts(rack, millis / 1000.0);
        return drawn(0, millis, normal, 1) + drawn(1, millis, normal, 1) - normal;
    }

    /** A lost feed's PDU has no power to speak. */
    void silence(RackSample out) {
        for (int feed = 0; feed < 2; feed++) {
            if (lost(feed, since)) {
                out.phases[feed] = -1;
            }
        }
    }

    /** How much more the air warms up than it would, as a factor; grows within a minute. */
    double warmer(long millis) {
        double factor = 1;
        for (Fault fault : faults) {
            if (fault instanceof Fault.BreakerOverload overload
                    && overload.span().covers(millis - runMillis)) {
                double t = overload.span().since(millis - runMillis) / 1000.0;
                factor += 0.3 * (1 - StrictMath.exp(-t / WARMING_SECONDS));
            }
        }
        return factor;
    }

    private boolean lost(int feed, long millis) {
        for (Fault fault : faults) {
            if (fault instanceof Fault.FeedLoss loss
                    && loss.feed().index() == feed
                    && loss.span().covers(millis - runMillis)) {
                return true;
            }
        }
        return false;
    }

    private double overloadWatts(int feed, long millis) {
        for (Fault fault : faults) {
            if (fault instanceof Fault.BreakerOverload overload
                    && overload.feed().index() == feed
                    && overload.span().covers(millis - runMillis)) {
                return racks.overloadWatts(rack, feed, overload.to());
            }
        }
        return 0;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(since);
        out.writeDouble(shown[0]);
        out.writeDouble(shown[1]);
    }

    void load(DataInput in) throws IOException {
        since = in.readLong();
        shown[0] = in.readDouble();
        shown[1] = in.readDouble();
    }
}
