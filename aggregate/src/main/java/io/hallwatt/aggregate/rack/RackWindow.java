package io.hallwatt.aggregate.rack;

import static io.hallwatt.aggregate.rack.RackReport.ABSENT;

import io.hallwatt.aggregate.state.ChangedRows;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.aggregate.window.HeldPower;
import io.hallwatt.aggregate.window.PowerSamples;

/** The racks of one hall in one open second, confined to its task's thread. Adding is commutative and idempotent: any order of arrival gives one result. */
public final class RackWindow {
    /** Power of the rack, of feed A, of feed B. */
    public static final int CHANNELS = 3;

    /** Below this a rack may as well be off, and says nothing of its feeds: mW. */
    private static final long DRAWS_MILLIWATTS = 50_000;
    /** Of two feeds that share a load, one that carries less than this part of the other carries nothing: supplies that stand by take more. */
    private static final int NOTHING_OF = 100;

    private final PowerSamples samples;
    private final RackSums sums;
    private final long[] values = new long[CHANNELS];
    /** Racks that spoke since this was last written. */
    private final ChangedRows changed = new ChangedRows();

    public RackWindow(int racks) {
        this(new PowerSamples(racks, CHANNELS), new RackSums(racks));
    }

    private RackWindow(PowerSamples samples, RackSums sums) {
        this.samples = samples;
        this.sums = sums;
        changed.grow(sums.racks());
    }

    /** Makes room for more racks. */
    public void grow(int racks) {
        samples.grow(racks);
        sums.grow(racks);
        changed.grow(racks);
    }

    /**
     * Adds a report.
     *
     * @param start of the window, epoch ms
     * @return false where the very report was there already
     */
    public boolean add(RackLayout layout, int row, long start, RackReport report) {
        values[0] = power(layout, row, report);
        values[1] = report.feedMilliwatts[0];
        values[2] = report.feedMilliwatts[1];
        if (!samples.add(row, (int) (report.at - start), report.sequence, values)) {
            return false;
        }
        changed.set(row);
        sums.add(RackSums.READINGS, row, 1);
        if (values[0] != ABSENT) {
            sums.least(RackSums.LEAST, row, values[0]);
            sums.largest(RackSums.LARGEST, row, values[0]);
        }
        currents(row, report);
        phases(row, 0, report);
        phases(row, 1, report);
        feeds(layout, row, report);
        for (int sensor = 0; sensor < 3; sensor++) {
            mean(RackSums.INLET + 2 * sensor, row, report.inlet[sensor]);
        }
        mean(RackSums.OUTLET, row, report.outlet);
        mean(RackSums.HUMIDITY, row, report.humidity);
        return true;
    }

    /** Of all feeds that the site model has; where one of them is silent the rack's power is not known: half of it would pass for all. */
    private static long power(RackLayout layout, int row, RackReport report) {
        long sum = 0;
        boolean any = false;
        for (int feed = 0; feed < 2; feed++) {
            if (report.feedMilliwatts[feed] != ABSENT) {
                sum += report.feedMilliwatts[feed];
                any = true;
            } else if (layout.feed(row, feed) != null) {
                return ABSENT;
            }
        }
        return any ? sum : ABSENT;
    }

    /** A feed that is lost takes its meter with it, or its meter shows nothing while the other feed carries all. */
    private void feeds(RackLayout layout, int row, RackReport report) {
        long a = report.feedMilliwatts[0];
        long b = report.feedMilliwatts[1];
        if (Math.max(a, b) < DRAWS_MILLIWATTS && (a != ABSENT || b != ABSENT)) {
            return;
        }
        for (int feed = 0; feed < 2; feed++) {
            if (layout.feed(row, feed) != null) {
                long own = report.feedMilliwatts[feed];
                boolean fed = own != ABSENT && own * NOTHING_OF >= report.feedMilliwatts[1 - feed];
                sums.add((fed ? RackSums.FED : RackSums.LOST) + feed, row, 1);
            }
        }
    }

    private void currents(int row, RackReport report) {
        for (int phase = 0; phase < 3; phase++) {
            long a = report.milliamps[phase];
            long b = report.milliamps[3 + phase];
            if (a != ABSENT) {
                sums.largest(RackSums.AMPS + phase, row, a);
            }
            if (b != ABSENT) {
                sums.largest(RackSums.AMPS + 3 + phase, row, b);
            }
            if (a != ABSENT && b != ABSENT) {
                sums.largest(RackSums.BOTH_FEEDS + phase, row, a + b);
            }
        }
    }

    private void phases(int row, int feed, RackReport report) {
        int first = 3 * feed;
        if (report.milliamps[first] == ABSENT) {
            return;
        }
        sums.add(RackSums.PHASE_READINGS + feed, row, 1);
        for (int phase = first; phase < first + 3 && report.milliamps[phase] != ABSENT; phase++) {
            sums.add(RackSums.CURRENT + phase, row, report.milliamps[phase]);
            sums.add(RackSums.PHASE_POWER + phase, row, report.phaseMilliwatts[phase]);
        }
    }

    private void mean(int column, int row, long value) {
        if (value != ABSENT) {
            sums.add(column, row, value);
            sums.add(column + 1, row, 1);
        }
    }

    /** Ends the window: integrates the power in it. To be called once, windows in order. */
    public RackSums close(HeldPower held, long start, long end) {
        held.integrate(samples, start, end, sink(sums));
        return sums;
    }

    /** Adds to {@code into} what the held samples cover of a span in which no rack spoke. */
    public static void silence(HeldPower held, RackSums into, long start, long end) {
        held.integrateSilence(start, end, sink(into));
    }

    private static HeldPower.Sink sink(RackSums sums) {
        return (row, channel, millis, microjoules) -> {
            int column = channel == 0 ? RackSums.COVERED : RackSums.FEED_COVERED + 2 * (channel - 1);
            sums.add(column, row, millis);
            sums.add(column + 1, row, microjoules);
        };
    }

    public void write(StateWriter out) {
        out.integer(sums.racks());
        for (int row = 0; row < sums.racks(); row++) {
            writeRow(row, out);
        }
        changed.clear();
    }

    /** Racks that {@link #writeChanges} would write. */
    public int changes() {
        return changed.count();
    }

    /** The racks that spoke since this was last written. */
    public void writeChanges(StateWriter out) {
        out.integer(changed.count());
        for (int row = changed.next(0); row >= 0; row = changed.next(row + 1)) {
            out.integer(row);
            writeRow(row, out);
        }
        changed.clear();
    }

    private void writeRow(int row, StateWriter out) {
        samples.writeDevice(row, out);
        if (samples.count(row) == 1) {
            sums.writeReading(row, out);
        } else if (samples.count(row) > 1) {
            sums.writeRack(row, out);
        }
    }

    private void readRow(int row, StateReader in) {
        samples.readDevice(row, in);
        if (samples.count(row) == 1) {
            sums.readReading(row, in);
        } else if (samples.count(row) > 1) {
            sums.readRack(row, in);
        }
    }

    /** Takes over what {@link #writeChanges} wrote. */
    public void readChanges(StateReader in) {
        for (int count = in.count(); count > 0; count--) {
            readRow(in.count(), in);
        }
    }

    public static RackWindow read(StateReader in) {
        RackWindow window = new RackWindow(in.count());
        for (int row = 0; row < window.sums.racks(); row++) {
            window.readRow(row, in);
        }
        return window;
    }
}
