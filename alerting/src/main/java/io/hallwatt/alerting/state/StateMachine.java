package io.hallwatt.alerting.state;

import io.hallwatt.alerting.state.Standing.Firing;
import io.hallwatt.alerting.state.Standing.Inactive;
import io.hallwatt.alerting.state.Standing.Pending;
import io.hallwatt.alerting.state.Standing.Suppressed;
import io.hallwatt.alerting.state.Standing.Unknown;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule's patience: how an alert goes from one standing to the next. {@code for} and {@code keep_firing_for} as in Prometheus (rules/alerting.go), in
 * event time.
 *
 * <p>The {@code clear} bound matters to what fires only: {@code for} asks for a breach without a break, so between the bounds a pending alert is over.
 *
 * @param pendingFor    {@code for}: how long the breach lasts before the alert fires
 * @param keepFiringFor how long a recovery lasts before it is one
 * @param maxGap        missing time that changes nothing; a longer gap starts {@code for} anew and makes the alert unknown
 */
public record StateMachine(Duration pendingFor, Duration keepFiringFor, OnMissing onMissing, Duration maxGap) {
    /** The same, firing no sooner than {@code least} after the first breach: a parent's window may come later than the child's own. */
    public StateMachine patient(Duration least) {
        return pendingFor.compareTo(least) >= 0 ? this : new StateMachine(least, keepFiringFor, onMissing, maxGap);
    }

    /** The same, asking for a recovery of at least {@code calm}. */
    StateMachine calmedBy(Duration calm) {
        return keepFiringFor.compareTo(calm) >= 0 ? this : new StateMachine(pendingFor, calm, onMissing, maxGap);
    }

    /** Without a parent. */
    public Step next(Standing before, Observation seen, Instant at) {
        return next(before, seen, ParentState.QUIET, at);
    }

    /** @param at event time: the window's end; never before that of the step that gave {@code before} */
    public Step next(Standing before, Observation seen, ParentState parent, Instant at) {
        return new Step(before, after(before, seen, parent, at));
    }

    private Standing after(Standing before, Observation seen, ParentState parent, Instant at) {
        return switch (seen) {
            case Observation.Breach breach -> breached(before, parent, at);
            case Observation.Between between -> between(before);
            case Observation.Clear clear -> cleared(before, at);
            case Observation.Retired retired -> Standing.INACTIVE;
            case Observation.Missing missing ->
                switch (onMissing) {
                    case KEEP, ALERT -> missed(before, missing.from(), parent, at);
                    case BREACH -> breached(before, parent, at);
                    case RESOLVE -> cleared(before, at);
                };
        };
    }

    private Standing breached(Standing before, ParentState parent, Instant at) {
        return switch (before) {
            case Inactive inactive -> begun(at, false, parent, at);
            case Pending pending -> begun(pending.since(), false, parent, at);
            case Suppressed suppressed -> begun(suppressed.since(), suppressed.parentFired(), parent, at);
            case Firing firing ->
                new Firing(firing.since(), null, null); // what was told stays told, whatever the parent says
            // A gap longer than max_gap: what fired goes on, what was pending has to show itself for the whole of `for`
            // again.
            case Unknown unknown ->
                unknown.wasFiring() ? new Firing(unknown.since(), null, null) : begun(at, false, parent, at);
        };
    }

    /**
     * In breach and not told yet. When a parent that fired is over, its children recover one after the other: {@code for} starts anew, so that only those speak
     * that do not. A parent that was pending only has explained nothing: time counts from the first breach.
     */
    private Standing begun(Instant since, boolean parentFired, ParentState parent, Instant at) {
        return switch (parent) {
            case FIRING -> new Suppressed(since, true);
            case PENDING -> new Suppressed(since, parentFired);
            case QUIET -> pendingOrFiring(parentFired ? at : since, at);
        };
    }

    private Standing pendingOrFiring(Instant since, Instant at) {
        return Duration.between(since, at).compareTo(pendingFor) >= 0
                ? new Firing(since, null, null)
                : new Pending(since, null);
    }

    private static Standing between(Standing before) {
        return switch (before) {
            case Inactive inactive -> inactive;
            case Pending pending -> Standing.INACTIVE;
            case Suppressed suppressed -> Standing.INACTIVE;
            case Firing firing -> new Firing(firing.since(), null, null);
            case Unknown unknown -> unknown.wasFiring() ? new Firing(unknown.since(), null, null) : Standing.INACTIVE;
        };
    }

    private Standing cleared(Standing before, Instant at) {
        return switch (before) {
            case Inactive inactive -> inactive;
            case Pending pending -> Standing.INACTIVE;
            case Suppressed suppressed -> Standing.INACTIVE;
            case Firing firing -> recovering(firing.since(), firing.recoveringSince(), at);
            case Unknown unknown -> unknown.wasFiring() ? recovering(unknown.since(), null, at) : Standing.INACTIVE;
        };
    }

    private Standing recovering(Instant since, @Nullable Instant recoveringSince, Instant at) {
        Instant from = recoveringSince == null ? at : recoveringSince;
        return Duration.between(from, at).compareTo(keepFiringFor) >= 0
                ? Standing.INACTIVE
                : new Firing(since, from, null);
    }

    /**
     * Missing time within the tolerated gap changes nothing, neither {@code for} nor a recovery under way; beyond it, both have to begin again. Only a value
     * ends either: missing time itself is neither breach nor recovery. A parent that speaks has said why nothing is seen.
     */
    private Standing missed(Standing before, Instant from, ParentState parent, Instant at) {
        return switch (before) {
            case Inactive inactive -> inactive;
            case Pending pending -> {
                Instant since = earlier(pending.missingSince(), from);
                yield tolerated(since, at)
                        ? new Pending(pending.since(), since)
                        : new Unknown(false, pending.since(), since);
            }
            case Suppressed suppressed ->
                parent == ParentState.QUIET
                        ? new Unknown(false, suppressed.since(), from)
                        : new Suppressed(suppressed.since(), suppressed.parentFired() || parent == ParentState.FIRING);
            case Firing firing -> {
                Instant since = earlier(firing.missingSince(), from);
                yield tolerated(since, at)
                        ? new Firing(firing.since(), firing.recoveringSince(), since)
                        : new Unknown(true, firing.since(), since);
            }
            case Unknown unknown -> unknown;
        };
    }

    private boolean tolerated(Instant missingSince, Instant at) {
        return Duration.between(missingSince, at).compareTo(maxGap) <= 0;
    }

    private static Instant earlier(@Nullable Instant known, Instant from) {
        return known == null ? from : known;
    }
}
