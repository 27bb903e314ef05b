package io.hallwatt.alerting.state;

import io.hallwatt.contract.AlertState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where one alert stands. Instants are event time: ends of windows. */
public sealed interface Standing {
    Standing INACTIVE = new Inactive();

    /** As it is told and shown. */
    AlertState state();

    /** When the episode began: the first breach; null while there is none. */
    @Nullable
    Instant since();

    /** Nothing is wrong. */
    record Inactive() implements Standing {
        @Override
        public AlertState state() {
            return AlertState.INACTIVE;
        }

        @Override
        public @Nullable Instant since() {
            return null;
        }
    }

    /**
     * In breach, but not yet for as long as the rule's {@code for}.
     *
     * @param missingSince start of a gap that is within the rule's {@code max_gap}; null while values come
     */
    record Pending(Instant since, @Nullable Instant missingSince) implements Standing {
        @Override
        public AlertState state() {
            return AlertState.PENDING;
        }
    }

    /**
     * In breach long enough.
     *
     * @param recoveringSince first clear window of those that {@code keep_firing_for} outlasts; null while in breach
     * @param missingSince    as for {@link Pending}
     */
    record Firing(
            Instant since,
            @Nullable Instant recoveringSince,
            @Nullable Instant missingSince) implements Standing {
        @Override
        public AlertState state() {
            return AlertState.FIRING;
        }
    }

    /**
     * It was pending or firing, and now there is nothing to see.
     *
     * @param wasFiring    else it was pending
     * @param missingSince start of the gap
     */
    record Unknown(boolean wasFiring, Instant since, Instant missingSince) implements Standing {
        @Override
        public AlertState state() {
            return AlertState.UNKNOWN;
        }
    }

    /**
     * In breach, and not told: the rule's parent speaks for it.
     *
     * @param since       the first breach
     * @param parentFired whether the parent has fired meanwhile, else it was pending only
     */
    record Suppressed(Instant since, boolean parentFired) implements Standing {
        @Override
        public AlertState state() {
            return AlertState.SUPPRESSED;
        }
    }
}
