package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.state.ChangeLog;

/** What of a hall is not written yet, as far as its parts do not know by themselves: how the next commit is to write it, and what is to be written then. */
final class Unwritten {
    /** A device in all that is written of a hall is as long as in so many seconds of what changed: it is in the minutes, the quarter and what is held, too. */
    private static final long LENGTH_OF_WHOLE = 4;
    /** A restart reads no more than so many times all devices, however often they speak. */
    private static final long MOST_CHANGES = 16;

    /** Of all but names, model and first reports. */
    final ChangeLog changes = new ChangeLog();

    final Closings closings = new Closings();

    boolean dirty;
    boolean model = true;
    /** Names that are written: racks, units, devices and whole racks only ever become more. */
    int namesWritten;

    /** Devices written since all was. */
    private long rowsWritten;
    /** Devices in the seconds that closed since the last commit, written or not. */
    private long rowsClosed;
    /** So much closed before the last commit that all was written for it: it is taken that it goes on like this. */
    private boolean many;

    /** What was written no longer fits, or a restart would not come to the same by itself: the next commit writes all. */
    void startOver() {
        changes.startOver();
    }

    /** Whether the next commit writes all: that is due, or not much more than what changed. */
    boolean wholeIsDue(HallDevices devices) {
        int all = devices.names.size();
        int changed = closings.rows() + devices.clock.changes();
        return changes.isFull() || changed >= LENGTH_OF_WHOLE * all || rowsWritten + changed >= MOST_CHANGES * all;
    }

    /** A second is about to close. */
    void closing(long start, HallSecond second, HallDevices devices) {
        dirty = true;
        rowsClosed += second.changes();
        if (many || wholeIsDue(devices)) {
            startOver(); // what closes before the next commit need not be closed again
            closings.forget();
        } else {
            closings.second(start, second);
        }
    }

    /** A commit is about to write the hall, whole or what changed. */
    void writing(boolean whole, HallDevices devices) {
        long changed = rowsClosed + devices.clock.changes();
        many = changed >= LENGTH_OF_WHOLE * devices.names.size();
        rowsWritten = whole ? 0 : rowsWritten + changed;
        rowsClosed = 0;
    }
}
