package io.hallwatt.aggregate.window;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import java.util.Arrays;

/**
 * The event-time clock of devices that belong together: a hall's, or a site's sources. A window is due when every device that can speak has spoken
 * past its end, or when the newest reading is a whole grace past it. Devices silent longer than the idle limit do not count.
 *
 * <p>Costs O(1) a reading: only whether a device holds up the window in question is kept, and all devices are looked at once a window.
 */
public final class DeviceClock {
    /** Event time between looks at who fell silent, ms. */
    private static final long IDLE_CHECK_MILLIS = 50;

    private final long grace;
    private final long idle;
    private final DeviceFrontiers devices = new DeviceFrontiers();
    private boolean[] expected = new boolean[0];
    private boolean[] holds = new boolean[0];
    private long first = NEVER;
    private long newest = NEVER;

    private long target = NEVER;
    private int holding;
    private long lookedAt = NEVER;

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
        expected[device] = true;
        devices.interval(device, intervalMillis);
        target = NEVER;
    }

    /** The site model no longer has the device: it holds up nobody. */
    public void retire(int device) {
        expected[device] = false;
        target = NEVER;
    }

    public boolean expected(int device) {
        return device < expected.length && expected[device];
    }

    public void observe(int device, long at, long sequence) {
        if (newest == NEVER) {
            first = at;
        }
        newest = Math.max(newest, at);
        devices.observe(device, at, sequence, grace);
        if (holds[device] && devices.frontier(device, newest) >= target) {
            holds[device] = false;
            holding--;
        }
    }

    /** Whether a window that ends at {@code end} is complete, or has waited long enough. */
    public boolean due(long end) {
        if (newest == NEVER) {
            return false;
        }
        if (newest - grace >= end) {
            return true;
        }
        if (end != target || newest >= lookedAt + IDLE_CHECK_MILLIS) {
            look(end);
        }
        return holding == 0;
    }

    private void look(long end) {
        target = end;
        lookedAt = newest;
        holding = 0;
        for (int i = 0; i < expected.length; i++) {
            holds[i] = expected[i] && !silent(i) && devices.frontier(i, newest) < end;
            if (holds[i]) {
                holding++;
            }
        }
    }

    private boolean silent(int device) {
        long seen = devices.newestAt(device) == NEVER ? first : devices.newestAt(device);
        long interval = devices.interval(device);
        return newest - seen > (interval <= idle ? Math.min(3 * interval, idle) : 3 * interval);
    }

    /** All windows up to {@code end} are closed: what is missing in them is waited for no longer. */
    public void closed(long end) {
        for (int i = 0; i < devices.size(); i++) {
            devices.forgive(i, end);
        }
        target = NEVER;
    }

    /** Event time of the newest reading; {@link DeviceFrontiers#NEVER} where there is none. */
    public long newest() {
        return newest;
    }

    /** The input ended: what comes next starts anew. */
    public void reset() {
        first = NEVER;
        newest = NEVER;
        target = NEVER;
        devices.reset();
    }

    public void write(StateWriter out) {
        out.integerOr(first, NEVER);
        out.integerOr(newest, NEVER);
        devices.write(out);
    }

    public void read(StateReader in) {
        first = in.integerOr(NEVER);
        newest = in.integerOr(NEVER);
        devices.read(in);
        expected = Arrays.copyOf(expected, devices.size());
        holds = Arrays.copyOf(holds, devices.size());
        target = NEVER;
    }
}
