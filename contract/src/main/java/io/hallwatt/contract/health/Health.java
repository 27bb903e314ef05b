package io.hallwatt.contract.health;

import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Said;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One stage's health: told by the threads that fall, asked by readiness and by whoever waits for the stage. For any thread. */
public final class Health {
    private final String stage;
    private final LongSupplier nanos;
    private final Restarts restarts = new Restarts();
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable String failure;

    /**
     * @param stage its name, for messages
     * @param nanos a clock that only goes forward
     */
    public Health(String stage, LongSupplier nanos) {
        this.stage = stage;
        this.nanos = nanos;
    }

    /**
     * To be called on the thread that fell. Waits as long as {@link Restarts} says, or until the stage is closed.
     *
     * @return whether the work is to begin again; if not, {@link #failed} says why from now on
     */
    public boolean again(Throwable fault) {
        return switch (verdict()) {
            case Verdict.Again again -> {
                await(again.after().toNanos());
                yield true;
            }
            case Verdict.GivenUp end -> {
                fail("%d faults within %s, the last: %s"
                        .formatted(end.faults(), Durations.format(end.within()), sentence(fault)));
                yield false;
            }
        };
    }

    /** The stage will do nothing more by itself. The first reason stays. */
    public synchronized void fail(String why) {
        if (failure == null) {
            failure =
                    "%s has failed: %s. Mend the cause (the log has it in full) and start again; what was not committed is read again then."
                            .formatted(stage, Said.of(why));
        }
    }

    /** Which stage failed, why, and what to do; empty as long as it has not. */
    public Optional<String> failed() {
        return Optional.ofNullable(failure);
    }

    /** Whether it has neither failed nor waits to begin again. */
    public boolean good() {
        return failure == null && waiting.get() == 0;
    }

    /** Lets nobody wait any more. */
    public void close() {
        closing.countDown();
    }

    /** The innermost cause with a message, and its kind: what stands around it is the framework's. */
    public static String sentence(Throwable fault) {
        Throwable found = fault;
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            found = cause.getMessage() == null ? found : cause;
        }
        String message = String.valueOf(found.getMessage()).lines().findFirst().orElse("");
        return "%s: %s".formatted(found.getClass().getSimpleName(), message);
    }

    private synchronized Verdict verdict() {
        return restarts.fault(nanos.getAsLong());
    }

    private void await(long nanos) {
        waiting.incrementAndGet();
        try {
            boolean closed = closing.await(nanos, TimeUnit.NANOSECONDS);
            if (closed) {
                return; // whoever closes ends the new beginning, too
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
    }
}
