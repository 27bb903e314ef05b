package io.hallwatt.alerting.webhook;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** How long a transition that could not be delivered waits for its next attempt: 1 s, 2 s, 4 s … up to a minute, until its time is over. Pure. */
final class Retry {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Retry() {}

    /**
     * Empty: it is given up.
     *
     * @param failures so far, 1 or more
     * @param spent    since the first attempt
     */
    static Optional<Duration> after(int failures, Duration spent, Duration giveUpAfter) {
        Duration left = giveUpAfter.minus(spent);
        Duration grown = FIRST.multipliedBy(1L << Math.min(failures - 1, 16));
        return left.isPositive() ? Stream.of(grown, LONGEST, left).min(Comparator.naturalOrder()) : Optional.empty();
    }
}
