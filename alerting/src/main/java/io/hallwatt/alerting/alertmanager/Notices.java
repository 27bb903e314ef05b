package io.hallwatt.alerting.alertmanager;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.Fired;
import io.hallwatt.alerting.membership.Tenure;
import io.hallwatt.alerting.state.Standing;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From an alert to what is told of it. Nothing is told of what is pending. */
final class Notices {
    /** An end that is learned of late, after a restart or an outage, is told at least so many times over. */
    private static final int LEAST_TELLINGS = 4;

    private final @Nullable URI externalUrl;
    private final Duration resend;

    /** @param externalUrl where people reach the console; null where that is not configured */
    Notices(@Nullable URI externalUrl, Duration resend) {
        this.externalUrl = externalUrl;
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
        SortedMap<String, String> annotations = new TreeMap<>(fired.annotations());
        if (alert.standing() instanceof Standing.Unknown unknown) {
            annotations.put("unseen", "Without values since " + unknown.missingSince());
        }
        if (externalUrl != null) {
            annotations.putIfAbsent("link", link(externalUrl, alert));
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
                externalUrl == null ? null : URI.create(page(externalUrl, "alerts#" + alert.fingerprint())),
                tenure,
                null);
    }

    /** The page of its hall, where it has one: there is what to look at. */
    private static String link(URI externalUrl, Alert alert) {
        String hall = alert.labels().get("hall");
        return page(
                externalUrl,
                hall == null
                        ? "alerts#" + alert.fingerprint()
                        : "halls/"
                                + URLEncoder.encode(hall, StandardCharsets.UTF_8)
                                        .replace("+", "%20"));
    }

    private static String page(URI externalUrl, String path) {
        String base = externalUrl.toString();
        return (base.endsWith("/") ? base : base + "/") + path;
    }
}
