package io.hallwatt.alerting.alertmanager;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a request. */
sealed interface Answer {
    /**
     * All of it was taken.
     *
     * @param date of the other's clock, whole seconds; null where it did not say
     */
    record Taken(@Nullable Instant date) implements Answer {}

    /** Something in it is wrong; what is right in it was taken. */
    record Refused(String why) implements Answer {}

    /** The way or the other end is not in order: the same request may succeed later. */
    record Failed(String why) implements Answer {}
}
