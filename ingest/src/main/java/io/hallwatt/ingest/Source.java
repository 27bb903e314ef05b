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

    @Override
    void close();
}
