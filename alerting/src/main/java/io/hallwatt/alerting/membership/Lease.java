package io.hallwatt.alerting.membership;

import java.time.Duration;

/**
 * For how long a thread's signs show that it belongs to its group. Pure: told of signs and of time, it says until when.
 *
 * <p>Kafka takes a member for dead, and gives its share away, once a whole session timeout has passed without a heartbeat. A sign counts from the look before the
 * one that showed it, and two thirds of the session long: the last third is for the way from Kafka to us, and for a last word. Whoever has had no sign for so long
 * needs more than an answer to one heartbeat, which may be that the share is lost; no second follows that one.
 */
final class Lease {
    /** So many answers after the last that counted show a member, not one that has been told that it is none. */
    private static final int SURE = 2;

    private final long session;
    private final long lasting;
    private Signs before = Signs.NONE;
    private boolean lookedBefore;
    private long looked;
    private boolean shown;
    private long shownAt;
    private long answersCounted;

    /** @param session timeout of a member's session */
    Lease(Duration session) {
        this.session = session.toNanos();
        this.lasting = this.session / 3 * 2;
    }

    /** @param now nanoseconds of a clock that only goes forward */
    void look(Signs seen, long now) {
        boolean joined = seen.joins() > before.joins();
        boolean stays = lasts(now) && (seen.answers() > before.answers() || seen.processed() > before.processed());
        boolean sureAgain = shown && seen.answers() - answersCounted >= SURE;
        if (joined || stays || sureAgain) {
            shownAt = lookedBefore ? looked : now;
            shown = true;
            answersCounted = seen.answers();
        }
        before = seen;
        looked = now;
        lookedBefore = true;
    }

    boolean lasts(long now) {
        return shown && now - shownAt < lasting;
    }

    boolean justOver(long now) {
        return !lasts(now) && left(now) > 0;
    }

    /** Nanoseconds until the session's end, as far as signs have shown it. */
    long left(long now) {
        return shown ? Math.max(0, session - (now - shownAt)) : 0;
    }
}
