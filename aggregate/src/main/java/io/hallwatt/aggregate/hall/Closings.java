package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * What closed since the last commit. A restart closes it once more, silently, from what was written before: so what only closing changes (what is held, minutes, quarters) need not be written with every
 * closed second.
 */
final class Closings {
    /** Of each second its start, what came in and is not written yet, and its mean power. */
    private @Nullable StateWriter seconds;

    private int count;
    private int minutes;
    private int quarters;

    /** A second is about to close, which changes what is in it; {@link #power} follows. */
    void second(long start, HallSecond second) {
        StateWriter out = seconds == null ? new StateWriter(HallState.LAYOUT) : seconds;
        seconds = out;
        out.integer(start);
        out.flag(second.changed());
        if (second.changed()) {
            second.writeChanges(out);
        }
        count++;
    }

    /** How many seconds closed. */
    int seconds() {
        return count;
    }

    /** Mean IT power of the second, mW, as it was published: it depends on who was expected. */
    void power(long milliwatts, long absent) {
        if (seconds != null) {
            seconds.integerOr(milliwatts, absent);
        }
    }

    /** A minute or a quarter closes. */
    void span(Resolution resolution) {
        minutes += resolution == Resolution.MINUTE ? 1 : 0;
        quarters += resolution == Resolution.QUARTER ? 1 : 0;
    }

    /** All is written, or about to be. */
    void forget() {
        seconds = null;
        count = 0;
        minutes = 0;
        quarters = 0;
    }

    void write(StateWriter out) {
        out.integer(count);
        if (seconds != null) {
            out.bytes(seconds.toBytes());
        }
        out.integer(minutes);
        out.integer(quarters);
        forget();
    }

    /** Closes once more what {@link #write} wrote. */
    static void repeat(HallTime time, StateReader in) {
        int seconds = in.count();
        if (seconds > 0) {
            StateReader closed = new StateReader(in.bytes(), HallState.LAYOUT);
            for (int second = 0; second < seconds; second++) {
                time.closeSecondAgain(closed.integer(), closed);
            }
        }
        time.spans.closeAgain(in.count(), in.count());
    }
}
