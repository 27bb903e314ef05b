package io.hallwatt.alerting.alertmanager;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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
        // Whoever can speak again needs no last word.
        return notice.standsUntil() == null || notice.tenure().lasts() ? until : later(until, notice.standsUntil());
    }

    /** After what time somebody else could have some of what it is about, as far as is known now. */
    Duration left() {
        return notices.stream()
                .map(notice -> notice.tenure().left())
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
