package io.hallwatt.app.pipeline;

import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.IngestCounts;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Ingest at work on a thread of its own. */
public final class Feed implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Ingest ingest;
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;

    private Feed(Ingest ingest) {
        this.ingest = ingest;
        this.thread = Thread.ofPlatform().name("hallwatt-ingest").unstarted(this::work);
    }

    public static Feed start(Ingest ingest) {
        Feed feed = new Feed(ingest);
        feed.thread.start();
        return feed;
    }

    /** Whether the source has given all, or this was closed. */
    public boolean ended() {
        failIfFailed();
        return !thread.isAlive();
    }

    public IngestCounts counts() {
        return ingest.counts();
    }

    /**
     * Waits that long for the end.
     *
     * @return whether it has come
     */
    public boolean await(Duration patience) throws InterruptedException {
        return thread.join(patience) && ended();
    }

    /** Waits until the end has come, or {@code enough} says so. */
    public void await(BooleanSupplier enough) throws InterruptedException {
        boolean ended = false;
        while (!ended && !enough.getAsBoolean()) {
            ended = await(LOOK);
        }
    }

    /** Stops the source; what it gave is acknowledged when this returns. */
    public void stop() {
        ingest.close();
    }

    @Override
    public void close() {
        stop();
    }

    private void work() {
        try {
            ingest.run();
        } catch (RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failIfFailed() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }
}
