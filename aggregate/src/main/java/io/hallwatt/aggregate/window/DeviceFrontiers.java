package io.hallwatt.aggregate.window;

import io.hallwatt.aggregate.state.ChangedRows;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.aggregate.window.DeviceFrontier.Before;
import java.util.Arrays;

/**
 * Up to which event time each device has told everything. The frontier of a device is the time up to which its sequence numbers have no gap, plus nine
 * tenths of its interval: it promised not to speak before that. The interval is the site model's, or the device's own last step where that is shorter.
 *
 * <p>Times are epoch ms. Devices are numbered from 0; numbers are never reused.
 */
public final class DeviceFrontiers {
    /** Before all time: nothing was seen. */
    public static final long NEVER = Long.MIN_VALUE;

    private DeviceFrontier[] devices = new DeviceFrontier[0];
    /** Devices that changed since this was last written. */
    private final ChangedRows changed = new ChangedRows();

    public int size() {
        return devices.length;
    }

    /** Makes room for devices up to {@code count}; those there keep what they have. */
    public void grow(int count) {
        int before = devices.length;
        if (count > before) {
            devices = Arrays.copyOf(devices, count);
            for (int i = before; i < count; i++) {
                devices[i] = new DeviceFrontier();
            }
            changed.grow(count);
            for (int i = before; i < count; i++) {
                changed.set(i);
            }
        }
    }

    /** The site model's report interval, ms. */
    public void interval(int device, long millis) {
        devices[device].interval(millis);
    }

    public long interval(int device) {
        return devices[device].interval();
    }

    public long newestAt(int device) {
        return devices[device].newestAt();
    }

    /** Forgets what was seen, not the intervals: the input ended, and what comes next has nothing to do with it. */
    public void reset() {
        for (int i = 0; i < devices.length; i++) {
            devices[i].reset();
            changed.set(i);
        }
    }

    /** @param grace how long predecessors of a device's first reading may be under way, ms */
    public void observe(int device, long at, long sequence, long grace) {
        changed.set(device);
        devices[device].observe(at, sequence, grace);
    }

    /**
     * Whether such a reading was seen before, as far as the sequence tells; for readings of closed windows, whose own memory is gone. Of a device that
     * started its count anew, what was before is not known any more.
     */
    public boolean seen(int device, long at, long sequence) {
        return devices[device].seen(at, sequence);
    }

    /** Waits no longer for what is missing in windows that are closed: readings up to {@code closed} would be late. */
    public void forgive(int device, long closed) {
        if (devices[device].forgive(closed)) {
            changed.set(device);
        }
    }

    /** Up to this event time the device has told everything, as seen when the newest reading of all devices is {@code newest}. */
    public long frontier(int device, long newest) {
        return devices[device].frontier(newest);
    }

    /** When what is known of the device's frontier may change though it does not speak: later than {@code newest}, or never. */
    public long settles(int device, long newest) {
        return devices[device].settles(newest);
    }

    public void write(StateWriter out) {
        out.integer(devices.length);
        Before before = new Before();
        for (DeviceFrontier device : devices) {
            device.write(before, out);
        }
        changed.clear();
    }

    /** Those of which something was seen since this was last written. */
    public void writeChanges(StateWriter out) {
        out.integer(changed.count());
        Before before = new Before();
        for (int i = changed.next(0); i >= 0; i = changed.next(i + 1)) {
            out.integer(i);
            devices[i].write(before, out);
        }
        changed.clear();
    }

    /** How many {@link #writeChanges} would write. */
    public int changes() {
        return changed.count();
    }

    public void read(StateReader in) {
        grow(in.count());
        Before before = new Before();
        for (DeviceFrontier device : devices) {
            device.read(before, in);
        }
        changed.clear();
    }

    /** Takes over what {@link #writeChanges} wrote. */
    public void readChanges(StateReader in) {
        Before before = new Before();
        for (int count = in.count(); count > 0; count--) {
            devices[in.count()].read(before, in);
        }
    }
}
