package io.hallwatt.aggregate.window;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import java.util.Arrays;

/**
 * Until when the first report of each device is awaited: its silence says nothing before that. A device has as long from where it is expected as a report of it
 * holds, so that one that never speaks is silent no later than one that spoke then and never again.
 */
public final class FirstReports {
    private static final long NEVER = DeviceFrontiers.NEVER;

    /** Expected from the next window on. */
    private static final long NEXT_WINDOW = Long.MAX_VALUE - 1;

    /** By device, epoch ms; {@link #NEVER} where it is not expected. */
    private long[] since = new long[0];

    private boolean begins;

    public void grow(int devices) {
        int before = since.length;
        if (devices > before) {
            since = Arrays.copyOf(since, devices);
            Arrays.fill(since, before, devices, NEVER);
        }
    }

    /** The site model has the device: from the next window on it is expected, where it was not before. */
    public void expect(int device) {
        if (since[device] == NEVER) {
            since[device] = NEXT_WINDOW;
            begins = true;
        }
    }

    /** Where the device is expected, it has its time anew, from the next window on: nobody could hear it meanwhile. */
    public void renew(int device) {
        if (since[device] != NEVER) {
            since[device] = NEXT_WINDOW;
            begins = true;
        }
    }

    public void retire(int device) {
        since[device] = NEVER;
    }

    /** The input ended: all that are expected have their time anew. */
    public void reset() {
        for (int device = 0; device < since.length; device++) {
            renew(device);
        }
    }

    /**
     * A window begins.
     *
     * @param start epoch ms
     * @return whether anybody is expected from it on
     */
    public boolean begin(long start) {
        boolean begun = begins;
        for (int device = 0; begun && device < since.length; device++) {
            since[device] = since[device] == NEXT_WINDOW ? start : since[device];
        }
        begins = false;
        return begun;
    }

    /**
     * Whether a device that is not heard in a window that ends at {@code end} may yet speak for the first time.
     *
     * @param hold how long a report of it holds, ms
     */
    public boolean awaited(int device, long hold, long end) {
        return since[device] == NEXT_WINDOW || (since[device] != NEVER && since[device] + hold >= end);
    }

    public void write(StateWriter out) {
        out.integer(since.length);
        for (long from : since) {
            out.integerOr(from, NEVER);
        }
    }

    public void read(StateReader in) {
        grow(in.count());
        for (int device = 0; device < since.length; device++) {
            since[device] = in.integerOr(NEVER);
            begins |= since[device] == NEXT_WINDOW;
        }
    }
}
