package io.hallwatt.alerting.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps an alert that comes and goes from calling people each time: one that fires more than {@code firings} times within the span is held firing until it has
 * been clear for as long as the span.
 *
 * @param firings within the span that are told as they come; 0: damping is off
 */
public record FlapDamping(int firings, Duration within) {
    public static final int MOST_FIRINGS = 100;
    public static final Duration LONGEST = Duration.ofDays(1);
    public static final FlapDamping OFF = new FlapDamping(0, Duration.ZERO);

    /** The machine that the alert's next step is taken by. */
    public StateMachine on(StateMachine machine, Swings swings) {
        return swings.held() ? machine.calmedBy(within) : machine;
    }

    /** @param step taken by the machine that {@link #on} gave */
    public Swings after(Swings before, Step step, Instant at) {
        if (firings == 0) {
            return Swings.NONE;
        }
        if (before.equals(Swings.NONE) && !fires(step)) {
            return Swings.NONE; // nearly every step is one of these
        }
        List<Instant> lately = new ArrayList<>(before.fired());
        lately.removeIf(fired -> !fired.plus(within).isAfter(at));
        if (!fires(step)) {
            boolean held = before.held() && !(step.after() instanceof Standing.Inactive);
            int again = before.held() && swungBack(step) ? 1 : 0;
            return lately.isEmpty() && !held
                    ? Swings.NONE
                    : new Swings(lately, held, held ? before.flaps() + again : 0);
        }
        lately.add(at);
        boolean tooMany = lately.size() > firings;
        return new Swings(
                tooMany ? lately.subList(lately.size() - firings - 1, lately.size()) : lately,
                tooMany,
                tooMany ? 1 : 0);
    }

    private static boolean fires(Step step) {
        return step.after() instanceof Standing.Firing
                && switch (step.before()) {
                    case Standing.Inactive inactive -> true;
                    case Standing.Pending pending -> true;
                    case Standing.Suppressed suppressed -> true;
                    case Standing.Unknown unknown -> !unknown.wasFiring();
                    case Standing.Firing firing -> false;
                };
    }

    /** A recovery that would have been one without the holding is over. */
    private static boolean swungBack(Step step) {
        return step.before() instanceof Standing.Firing before
                && step.after() instanceof Standing.Firing after
                && before.recoveringSince() != null
                && after.recoveringSince() == null;
    }
}
