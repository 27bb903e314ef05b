package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.state.ChangeLog;

/** What of a hall is not written yet, as far as its parts do not know by themselves: how the next commit is to write it, and what is to be written then. */
final class Unwritten {
    /** Of all but names, model and first reports. */
    final ChangeLog changes = new ChangeLog();

    final Closings closings = new Closings();

    boolean dirty;
    boolean model = true;
    /** Names that are written: racks, units, devices and whole racks only ever become more. */
    int namesWritten;

    /** What was written no longer fits, or a restart would not come to the same by itself: the next commit writes all. */
    void startOver() {
        changes.startOver();
    }

    /** Whether the next commit writes all: that is due, or hardly more than what changed. */
    boolean wholeIsDue(HallDevices devices) {
        return changes.wholeIsDue(devices.clock.changes(), devices.names.size());
    }

    /** A second is about to close. */
    void closing(long start, HallSecond second, HallDevices devices) {
        dirty = true;
        if (wholeIsDue(devices)) {
            startOver(); // what closes before the next commit need not be closed again
            closings.forget();
        } else {
            closings.second(start, second);
        }
    }
}
