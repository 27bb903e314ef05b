package io.hallwatt.alerting.alertmanager;

import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.membership.Tenure;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Notices of alerts that are told apart by their racks. */
final class NoticesOf {
    static final Instant START = Instant.parse("2026-01-15T12:00:00Z");

    private NoticesOf() {}

    static Notice firing(String rack, Instant at) {
        return notice(rack, "warning", at, null);
    }

    /** With a text. */
    static Notice saying(String rack, Instant at, String summary) {
        Notice plain = firing(rack, at);
        return new Notice(
                plain.key(),
                plain.fingerprint(),
                plain.labels(),
                new TreeMap<>(Map.of("summary", summary)),
                at,
                null,
                null,
                null,
                plain.tenure(),
                null);
    }

    static Notice critical(String rack, Instant at) {
        return notice(rack, "critical", at, null);
    }

    static Notice resolved(String rack, Instant at, Instant endedAt) {
        return notice(rack, "warning", at, endedAt);
    }

    /** Of a share that may be ours no longer. */
    static Notice firing(String rack, Instant at, Tenure tenure) {
        return notice(rack, "warning", at, null, tenure);
    }

    private static Notice notice(String rack, String severity, Instant at, @Nullable Instant endedAt) {
        return notice(rack, severity, at, endedAt, Tenure.ENDLESS);
    }

    private static Notice notice(String rack, String severity, Instant at, @Nullable Instant endedAt, Tenure tenure) {
        return new Notice(
                new AlertKey("rule", Scope.RACK, "s1/h01", rack, "", false),
                "fp-" + rack,
                new TreeMap<>(Map.of("alertname", "Hot", "rack", rack, "severity", severity)),
                new TreeMap<>(),
                at,
                endedAt,
                endedAt == null ? null : endedAt.plus(Duration.ofMinutes(15)),
                null,
                tenure,
                null);
    }
}
