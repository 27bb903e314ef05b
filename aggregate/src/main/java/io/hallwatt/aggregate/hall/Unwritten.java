package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.state.ChangeLog;

/** What of a hall is not written yet, as far as its parts do not know by themselves: how the next commit is to write it, and what is to be written then. */
final class Unwritten {
    /** A device in all that is written of a hall is as long as so many rows of what changed: it is in the minutes, the quarter and what is held, too. */
    private static final long LENGTH_OF_WHOLE = 4;
    /** About so many rows of each device a restart reads, however often it speaks. */
    private static final long MOST_CHANGES = 16;
    /** So many seconds of a commit a restart closes again, whoever spoke in them. */
    private static final int MOST_SECONDS = 30;

    /** Of all but names, model and first reports. */
    final ChangeLog changes = new ChangeLog();

    final Closings closings = new Closings();

    boolean dirty;
    boolean model = true;
    /** Names that are written: racks, units, devices and whole racks only ever become more. */
    int namesWritten;

    /** Rows written since all was: of what closed, and of the clock, which has one of each device that spoke. */
    private long rowsWritten;
    /** Rows that were not written yet when their second closed, since the last commit. */
    private long rowsClosed;
    /** So much closed before the last commit that all was written for it: it is taken that it goes on like this. */
    private boolean many;

    /** What was written no longer fits, or a restart would not come to the same by itself: the next commit writes all. */
    void startOver() {
        changes.startOver();
    }

    /** Whether the next commit writes all: that is due, or not much more than what changed. */
    boolean allIsDue(HallDevices devices) {
        int all = devices.names.size();
        long changed = changed(devices);
        return changes.isFull()
                || changed >= LENGTH_OF_WHOLE * all
                || rowsWritten + changed >= MOST_CHANGES * all
                || closings.seconds() > MOST_SECONDS;
    }

    /** A second is about to close. */
    void closing(long start, HallSecond second, HallDevices devices) {
        dirty = true;
        int rows = second.changes();
        if (many || allIsDue(devices)) {
            startOver(); // what closes before the next commit need not be closed again
            closings.forget();
        } else {
            closings.second(start, second);
        }
        rowsClosed += rows;
    }

    /** Rows since the last commit. */
    private long changed(HallDevices devices) {
        return rowsClosed + devices.clock.changes();
    }

    /** A commit is about to write the hall, whole or what changed. */
    void writing(boolean whole, HallDevices devices) {
        long changed = changed(devices);
        many = changed >= LENGTH_OF_WHOLE * devices.names.size();
        rowsWritten = whole ? 0 : rowsWritten + changed;
        rowsClosed = 0;
    }
}
