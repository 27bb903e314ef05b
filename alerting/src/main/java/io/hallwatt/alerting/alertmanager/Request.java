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
        return firingUntil.isAfter(notice.startsAt()) ? firingUntil : notice.startsAt();
    }
}
