package io.hallwatt.app.command;

import io.hallwatt.app.Unavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Ctrl-C or a termination signal: told to the command, which then has some seconds to end in good order. */
public final class Interruption implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    private static final Duration LOOK = Duration.ofMillis(200);

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("hallwatt-shutdown").unstarted(this::tell);

    private Interruption() {}

    public static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Waits that long, or until somebody wants the end; true in that case. */
    public boolean awaited(Duration patience) throws InterruptedException {
        return told.await(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until somebody wants the end.
     *
     * @param failed looked at all the while: why there is nothing to wait for any more
     * @throws Unavailable with that reason
     */
    void await(Supplier<Optional<String>> failed) throws InterruptedException {
        while (!awaited(LOOK)) {
            failed.get().ifPresent(why -> {
                throw new Unavailable(why);
            });
        }
    }

    public boolean happened() {
        return told.getCount() == 0;
    }

    /** The command has ended: the process may. */
    @Override
    public void close() {
        ended.countDown();
        if (!happened()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void tell() {
        told.countDown();
        try {
            boolean inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println(
                        "hallwatt: did not end in %d s; what is kept is whole, the next start goes on from it."
                                .formatted(PATIENCE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
