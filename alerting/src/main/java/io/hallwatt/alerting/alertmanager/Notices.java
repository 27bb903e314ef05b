package io.hallwatt.alerting.alertmanager;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.Fired;
import io.hallwatt.alerting.links.Links;
import io.hallwatt.alerting.membership.Tenure;
import io.hallwatt.alerting.state.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** From an alert to what is told of it. Nothing is told of what is pending. */
final class Notices {
    /** An end that is learned of late, after a restart or an outage, is told at least so many times over. */
    private static final int LEAST_TELLINGS = 4;

    private final Links links;
    private final Duration resend;

    Notices(Links links, Duration resend) {
        this.links = links;
        this.resend = resend;
    }

    /** Empty as long as the alert has not fired. */
    Optional<Notice> standing(Alert alert, Tenure tenure) {
        return alert.firing() && alert.fired() != null
                ? Optional.of(notice(alert, alert.fired(), null, tenure))
                : Optional.empty();
    }

    /**
     * Empty for an alert that never fired.
     *
     * @param now wall time at which we learn of it
     */
    Optional<Notice> ended(Alert alert, Instant now, Tenure tenure) {
        Fired fired = alert.fired();
        if (fired == null || fired.endedAt() == null) {
            return Optional.empty();
        }
        Instant kept = fired.endedAt().plus(Fired.KEPT);
        Instant least = now.plus(resend.multipliedBy(LEAST_TELLINGS));
        return Optional.of(notice(alert, fired, kept.isAfter(least) ? kept : least, tenure));
    }

    private Notice notice(Alert alert, Fired fired, @Nullable Instant toldUntil, Tenure tenure) {
        SortedMap<String, String> annotations =
                links.complete(fired.annotations(), alert.labels(), alert.fingerprint());
        if (alert.standing() instanceof Standing.Unknown unknown) {
            annotations.put("unseen", "Without values since " + unknown.missingSince());
        }
        annotations.values().removeIf(String::isEmpty);
        return new Notice(
                alert.key(),
                alert.fingerprint(),
                alert.labels(),
                annotations,
                fired.at(),
                fired.endedAt(),
                toldUntil,
                links.alert(alert.fingerprint()).orElse(null),
                tenure,
                null);
    }
}
