package io.hallwatt.ingest.simulate.scenario;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a fault is on, by milliseconds since the run's start.
 *
 * @param at     first begin
 * @param length zero: an instant
 * @param every  from begin to begin; absent where it comes once
 */
public record Span(Duration at, Duration length, @Nullable Duration every) {
    /** No edge will come. */
    public static final long NEVER = Long.MAX_VALUE;

    public Span {
        if (at.isNegative() || length.isNegative()) {
            throw new IllegalArgumentException("at %s for %s: neither may be negative".formatted(at, length));
        }
        if (every != null && every.compareTo(length) <= 0) {
            throw new IllegalArgumentException(
                    "every %s, for %s: it would never end; make every longer than for".formatted(every, length));
        }
    }

    /** Whether it is on: the begin belongs to it, the end does not. */
    public boolean covers(long millis) {
        long since = since(millis);
        return since >= 0 && since < length.toMillis();
    }

    /** Milliseconds since the latest begin; negative before the first. */
    public long since(long millis) {
        long since = millis - at.toMillis();
        return since < 0 || every == null ? since : since % every.toMillis();
    }

    /** The next begin or end after {@code millis}, or {@link #NEVER}. */
    public long nextEdge(long millis) {
        long since = since(millis);
        if (since < 0) {
            return at.toMillis();
        }
        long begin = millis - since;
        if (since < length.toMillis()) {
            return begin + length.toMillis();
        }
        return every == null ? NEVER : begin + every.toMillis();
    }

    /** Whether it begins exactly then. */
    public boolean beginsAt(long millis) {
        return since(millis) == 0;
    }
}
