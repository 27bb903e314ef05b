package io.hallwatt.aggregate.window;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.DeviceClocks;
import java.util.Arrays;

/**
 * The event-time clock of devices that belong together: a hall's, or a site's sources. A window is due when every device that can speak has spoken
 * past its end, or when event time is a whole grace past it. Devices silent longer than the idle limit do not count.
 *
 * <p>Event time is what two devices agree on: the newest reading of all but the one device that is ahead of all others, so that one wrong clock closes
 * nobody's windows; a device alone, or ahead of the others by more than a clock can be, is believed. In live time no event time is later than the wall
 * clock: two wrong clocks agree on what is not yet.
 *
 * <p>Costs O(1) a reading: only whether a device holds up the window in question is kept, and all devices are looked at once a window, and when one that
 * holds it up may have fallen silent.
 */
public final class DeviceClock {
    /** No clock that is let in is ahead by more, ms: ingest refuses readings beyond its skew limit. */
    private static final long LARGEST_SKEW_MILLIS = DeviceClocks.MOST_AHEAD.toMillis();

    private final long grace;
    private final long idle;
    private final DeviceFrontiers devices = new DeviceFrontiers();
    private boolean[] expected = new boolean[0];
    private boolean[] holds = new boolean[0];
    private long first = NEVER;
    private int leader = -1;
    private long leaderAt = NEVER;
    private long othersAt = NEVER;
    private int count;
    private long ceiling = NEVER;

    private long target = NEVER;
    private int holding;
    /** Event time from which on somebody who holds up the window may do so no longer without having spoken. */
    private long lookAgainAt = NEVER;

    /**
     * @param graceMillis longest wait for devices that still speak
     * @param idleMillis  a device that speaks at least so often is silent after this, a slower one after three intervals
     */
    public DeviceClock(long graceMillis, long idleMillis) {
        this.grace = graceMillis;
        this.idle = idleMillis;
    }

    /** Says that a device is there, and how often it speaks. */
    public void expect(int device, long intervalMillis) {
        devices.grow(device + 1);
        expected = Arrays.copyOf(expected, Math.max(expected.length, device + 1));
        holds = Arrays.copyOf(holds, expected.length);
        count += expected[device] ? 0 : 1;
        expected[device] = true;
        devices.interval(device, intervalMillis);
        target = NEVER;
    }

    /** The site model no longer has the device: it holds up nobody. */
    public void retire(int device) {
        count -= expected[device] ? 1 : 0;
        expected[device] = false;
        target = NEVER;
    }

    public boolean expected(int device) {
        return device < expected.length && expected[device];
    }

    /** Live time only: what time it is, epoch ms. Devices that are further ahead of it than a clock can be say that it is wrong. */
    public void ceiling(long wallClockMillis) {
        ceiling = wallClockMillis;
    }

    public void observe(int device, long at, long sequence) {
        if (first == NEVER) {
            first = at;
        }
        if (device == leader) {
            leaderAt = Math.max(leaderAt, at);
        } else if (at > leaderAt) {
            othersAt = leaderAt;
            leaderAt = at;
            leader = device;
        } else {
            othersAt = Math.max(othersAt, at);
        }
        long newest = newest();
        devices.observe(device, at, sequence, grace);
        if (target != NEVER && holds[device] != holdsUp(device, newest)) {
            holds[device] = !holds[device];
            holding += holds[device] ? 1 : -1;
        }
    }

    /** Whether the device is waited for: it speaks, and has not spoken past the window's end. */
    private boolean holdsUp(int device, long newest) {
        boolean waited = expected[device] && !silent(device, newest) && devices.frontier(device, newest) < target;
        if (waited) {
            lookAgainAt = Math.min(lookAgainAt, Math.min(silentFrom(device), devices.settles(device, newest)));
        }
        return waited;
    }

    /** Whether such a reading was seen before, as far as the device's sequence tells. */
    public boolean seen(int device, long at, long sequence) {
        return devices.seen(device, at, sequence);
    }

    /** Whether a window that ends at {@code end} is complete, or has waited long enough. */
    public boolean due(long end) {
        return due(end, Long.MAX_VALUE);
    }

    /**
     * The same, where some devices' readings come on a way of their own, and others' say nothing of them.
     *
     * @param read up to when they have come, epoch ms: nobody is silent, and no grace is over, for readings that are newer than that
     */
    public boolean due(long end, long read) {
        long newest = Math.min(newest(), read);
        if (newest == NEVER) {
            return false;
        }
        if (newest - grace >= end) {
            return true;
        }
        if (end != target || newest >= lookAgainAt) {
            look(end, newest);
        }
        return holding == 0;
    }

    private void look(long end, long newest) {
        target = end;
        lookAgainAt = Long.MAX_VALUE;
        holding = 0;
        for (int i = 0; i < expected.length; i++) {
            holds[i] = holdsUp(i, newest);
            holding += holds[i] ? 1 : 0;
        }
    }

    private boolean silent(int device, long newest) {
        return newest >= silentFrom(device);
    }

    private long silentFrom(int device) {
        long seen = devices.newestAt(device) == NEVER ? first : devices.newestAt(device);
        long interval = devices.interval(device);
        return seen + 1 + (interval <= idle ? Math.min(3 * interval, idle) : 3 * interval);
    }

    /** All windows up to {@code end} are closed: what is missing in them is waited for no longer. */
    public void closed(long end) {
        for (int i = 0; i < devices.size(); i++) {
            devices.forgive(i, end);
        }
        target = NEVER;
    }

    /** Event time as the devices have it; {@link DeviceFrontiers#NEVER} where none spoke. */
    public long newest() {
        long agreed = count < 3 || leaderAt == NEVER ? leaderAt : Math.max(othersAt, leaderAt - LARGEST_SKEW_MILLIS);
        boolean ahead = ceiling != NEVER && agreed > ceiling && agreed - ceiling <= LARGEST_SKEW_MILLIS;
        return ahead ? ceiling : agreed;
    }

    /** The input ended: what comes next starts anew. */
    public void reset() {
        first = NEVER;
        leader = -1;
        leaderAt = NEVER;
        othersAt = NEVER;
        target = NEVER;
        devices.reset();
    }

    public void write(StateWriter out) {
        writeTime(out);
        devices.write(out);
    }

    /** Event time, and the devices that spoke since this was last written. */
    public void writeChanges(StateWriter out) {
        writeTime(out);
        devices.writeChanges(out);
    }

    /** Devices that {@link #writeChanges} would write. */
    public int changes() {
        return devices.changes();
    }

    private void writeTime(StateWriter out) {
        out.integerOr(first, NEVER);
        out.integer(leader);
        out.integerOr(leaderAt, NEVER);
        out.integerOr(othersAt, NEVER);
    }

    private void readTime(StateReader in) {
        first = in.integerOr(NEVER);
        leader = in.count();
        leaderAt = in.integerOr(NEVER);
        othersAt = in.integerOr(NEVER);
        target = NEVER;
    }

    /** Takes over what {@link #writeChanges} wrote, of the same devices. */
    public void readChanges(StateReader in) {
        readTime(in);
        devices.readChanges(in);
    }

    public void read(StateReader in) {
        readTime(in);
        devices.read(in);
        expected = Arrays.copyOf(expected, devices.size());
        holds = Arrays.copyOf(holds, devices.size());
    }
}
