package io.hallwatt.ingest;

import org.jspecify.annotations.Nullable;

/** Where readings come from: the simulator, files, devices. Used by one thread. */
public interface Source extends AutoCloseable {
    /**
     * The next readings in the order in which they are to be published, waiting until there are some. May be called again after an empty batch, so that a
     * source that waits can let its caller look up from time to time.
     *
     * @return null when the source has given all
     * @throws InterruptedException if the wait is broken off; nothing is lost by it
     */
    @Nullable
    Batch next() throws InterruptedException;

    /** Whether there is an end at which every window may be closed: files, a simulated past. Live sources end only because somebody stops them. */
    boolean finite();

    /**
     * How many of its readings may be under way before more are taken: not yet acknowledged by Kafka, or not yet counted where the one who counts is known. A source that is
     * faster than time needs a bound: topics fill and are read at different speeds, and where cooling is seconds of event time ahead of the racks in the same
     * hall, the racks come too late for their windows.
     */
    default int mostUnderWay() {
        return Integer.MAX_VALUE;
    }

    @Override
    void close();
}
