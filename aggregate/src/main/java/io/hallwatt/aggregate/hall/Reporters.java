package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.aggregate.window.DeviceClock;
import io.hallwatt.aggregate.window.FirstReports;
import io.hallwatt.aggregate.window.HeldPower;
import java.time.Duration;
import java.util.Arrays;

/**
 * Those of a hall that report alike, its racks or its cooling units, by row: which device of the hall's clock each is, what its last report holds, and whether its
 * first is awaited.
 */
final class Reporters {
    /** A report holds for so many report intervals. */
    private static final int HOLDS_INTERVALS = 3;

    final HeldPower held;
    private final DeviceClock clock;
    private final FirstReports first = new FirstReports();
    private int[] devices = new int[0];

    /** @param channels powers, or what holds as power does, in a report */
    Reporters(DeviceClock clock, int channels) {
        this.clock = clock;
        this.held = new HeldPower(channels);
    }

    void grow(int rows) {
        held.grow(rows);
        first.grow(rows);
        devices = Arrays.copyOf(devices, rows);
    }

    /** The site model has it, as that device of the clock. */
    void expect(int row, int device, Duration interval) {
        devices[row] = device;
        clock.expect(device, interval.toMillis());
        held.hold(row, HOLDS_INTERVALS * interval.toMillis());
        first.expect(row);
    }

    /** The site model no longer has it. */
    void retire(int row, int device) {
        devices[row] = device;
        clock.retire(device);
        first.retire(row);
    }

    /** Whether such a report was seen before, as far as the sequence tells. */
    boolean seen(int row, long at, long sequence) {
        return clock.seen(devices[row], at, sequence);
    }

    void observe(int row, long at, long sequence) {
        clock.observe(devices[row], at, sequence);
    }

    /** Whether one that is not heard in a window that ends at {@code end} may yet speak for the first time. */
    boolean awaited(int row, long end) {
        return first.awaited(row, held.hold(row), end);
    }

    /** Whether its last report still holds at {@code end}. */
    boolean holds(int row, long end) {
        return held.heldUntil(row) >= end;
    }

    /** A window begins. @return whether anybody is expected from it on */
    boolean begin(long start) {
        return first.begin(start);
    }

    /**
     * Nobody listened: who was heard before that may speak again. Who was silent already is silent.
     *
     * @param closedUntil up to when somebody listened, epoch ms
     */
    void renew(long closedUntil) {
        long newest = held.heldUntil();
        // As it stopped, the stage may have listened a little longer than there was anything to hear.
        long heardUntil = newest == NEVER ? closedUntil : Math.min(closedUntil, newest - HallSecond.MILLIS);
        for (int row = 0; row < devices.length; row++) {
            if (holds(row, heardUntil) || awaited(row, closedUntil)) {
                first.renew(row);
            }
        }
    }

    /** All that are expected have their time anew. */
    void renewAll() {
        first.reset();
    }

    void writeFirst(StateWriter out) {
        first.write(out);
    }

    void readFirst(StateReader in) {
        first.read(in);
    }
}
