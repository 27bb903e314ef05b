package io.hallwatt.alerting.alertmanager;

import java.time.Instant;
import java.util.List;

/**
 * One request's alerts.
 *
 * @param firingUntil {@code endsAt} of those that fire: they end by themselves should nothing be heard of them until then
 */
record Request(List<Notice> notices, Instant firingUntil) {
    Request {
        notices = List.copyOf(notices);
    }

    Instant endsAt(Notice notice) {
        if (notice.endedAt() != null) {
            return notice.endedAt();
        }
        // An event time ahead of our clock must not make an alert that ends before it starts: Alertmanager refuses
        // those.
        Instant until = later(firingUntil, notice.startsAt());
        return notice.standsUntil() == null ? until : later(until, notice.standsUntil());
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
