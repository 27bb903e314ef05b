package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a task is on its way out of a backlog: its windows ended a while ago, and that while grows shorter. What fires in them may be long over, and the
 * task will soon know. A task that stays behind, or falls back, is no such thing: late is then better than not at all. Confined to whoever holds it.
 */
public final class CatchUp {
    /** Windows that ended less long ago are the present, for whoever asks. */
    public static final Duration BEHIND = Duration.ofSeconds(30);

    /** What fires in a backlog is kept back from people for so long at most. */
    public static final Duration LONGEST_KEPT_BACK = Duration.ofMinutes(10);

    /** How often it is looked whether it grows shorter. */
    static final Duration LOOK = Duration.ofSeconds(5);

    /** Minutes and quarters come so long after their end at most, for the meters that are read behind it. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private @Nullable Instant reached;
    private Instant lookedAt = Instant.MIN;
    private Duration lag = Duration.ZERO;
    private boolean shrinks;

    /** A window is judged now. */
    public void judges(Window window, Instant now) {
        reached = window.resolution() == Resolution.SECOND
                ? window.end()
                : window.end().plus(SETTLING);
        look(now);
    }

    /** To be called now and then, also where no window comes. */
    public void look(Instant now) {
        if (reached == null) {
            return;
        }
        Duration current = Duration.between(reached, now);
        if (lookedAt.equals(Instant.MIN)) {
            shrinks = true; // not known yet; at the next look it is
        } else if (Duration.between(lookedAt, now).compareTo(LOOK) < 0) {
            return;
        } else {
            shrinks = current.compareTo(lag.minus(Duration.between(lookedAt, now))) <= 0;
        }
        lookedAt = now;
        lag = current;
    }

    public boolean goesOn(Instant now) {
        return reached != null && shrinks && Duration.between(reached, now).compareTo(BEHIND) > 0;
    }
}
