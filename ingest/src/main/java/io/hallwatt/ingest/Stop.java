package io.hallwatt.ingest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets one thread end another's work between two steps: at once where it waits for its source, else when the step is done. */
final class Stop {
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Thread worker;
    private boolean waiting;
    private boolean told;

    /** A step that may wait long and loses nothing when broken off. */
    interface Wait<T> {
        @Nullable
        T get() throws InterruptedException;
    }

    /** The worker begins; false where it was told to stop before. */
    synchronized boolean begin() {
        if (worker != null) {
            throw new IllegalStateException("runs already, or has run: a stage runs once");
        }
        if (!told) {
            worker = Thread.currentThread();
        }
        return !told;
    }

    /** The worker has ended. */
    void end() {
        ended.countDown();
    }

    synchronized boolean told() {
        return told;
    }

    /** Does the step, or gives null where the worker is told to stop. */
    <T> @Nullable T orNull(Wait<T> step) throws InterruptedException {
        synchronized (this) {
            if (told) {
                return null;
            }
            waiting = true;
        }
        try {
            return step.get();
        } catch (InterruptedException e) {
            if (told()) {
                return null;
            }
            throw e;
        } finally {
            synchronized (this) {
                waiting = false;
                if (told) {
                    Thread.interrupted(); // ours; what follows must not stumble over it
                }
            }
        }
    }

    /** Tells the worker to stop and waits for it; breaks off what it does after each {@code patience}. */
    void now(Duration patience) throws InterruptedException {
        Thread running;
        synchronized (this) {
            told = true;
            running = worker;
            if (running != null && waiting) {
                running.interrupt();
            }
        }
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            running.interrupt();
            ended.await(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
