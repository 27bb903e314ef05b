package io.hallwatt.app.terminal;

import io.hallwatt.alerting.reload.LiveRules;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.summary.Glimpse;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Moments of a site in Berlin, 13:30 there. */
final class Moments {
    static final Instant NOW = Instant.parse("2026-01-15T12:30:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final SiteId SITE = new SiteId("s1");
    private static final Window WINDOW = new Window(NOW, Resolution.SECOND);

    private static final RuleSet RULES = RuleSet.read("rules.yaml", """
            groups:
            - name: g
              rules:
              - {alert: Rule, expr: hallwatt_rack_feed_load_ratio > 0.8}
            """);

    private Moments() {}

    static Picture picture(Glimpse glimpse) {
        return picture(glimpse, null);
    }

    static Picture picture(Glimpse glimpse, LiveRules.@Nullable Refusal refusal) {
        return new Picture(
                "Hallwatt  Reference site, 8000 racks   http://127.0.0.1:9404/metrics",
                ZONE,
                new AlertValues(RULES),
                refusal,
                glimpse,
                8000,
                12,
                3);
    }

    /** @param it estimated where some hall is silent */
    static SiteMetrics site(Quantity it) {
        return new SiteMetrics(
                SITE,
                WINDOW,
                0,
                1,
                Quantities.builder()
                        .put(Metric.SITE_FACILITY_POWER, 312_340_000)
                        .put(Metric.SITE_IT_POWER, it)
                        .put(Metric.SITE_POWER_RATIO, 1.128)
                        .put(Metric.SITE_RENEWABLE_SHARE, 0.451)
                        .put(Metric.SITE_GRID_IMPORT, 171_200_000)
                        .build());
    }

    static HallMetrics hall(String hall, double load, int silent) {
        return new HallMetrics(
                SITE,
                new HallId(hall),
                WINDOW,
                0,
                1,
                Quantities.builder()
                        .put(Metric.HALL_IT_POWER, 6_920_000)
                        .put(Metric.HALL_INLET_MAX, 24.5)
                        .put(Metric.HALL_FEED_LOAD_MAX, "A", load)
                        .put(Metric.HALL_RACKS_EXPECTED, 200)
                        .put(Metric.HALL_RACKS_SILENT, silent)
                        .build());
    }

    static AlertTransition rackAlert(AlertState to, String rack, String severity, Instant since) {
        return alert(
                to,
                Map.of("hall", "h03", "rack", rack, "feed", "A", "severity", severity),
                "Rack h03/%s feed A is at 86.4%% of its breaker".formatted(rack),
                since,
                0.8642);
    }

    static AlertTransition watchdog() {
        return alert(AlertState.FIRING, Map.of("severity", "none"), "The way is open", NOW.minusSeconds(60), 1.0);
    }

    static AlertTransition alert(
            AlertState to, Map<String, String> labels, String summary, Instant since, @Nullable Double value) {
        TreeMap<String, String> all = new TreeMap<>(labels);
        all.put("site", "s1");
        all.put("source", "hallwatt");
        all.put("alertname", "Rule");
        return new AlertTransition(
                "0123456789abcdef",
                "Rule",
                all,
                new TreeMap<>(Map.of("summary", summary)),
                AlertState.PENDING,
                to,
                since.plusSeconds(10),
                since,
                value,
                0.8,
                null,
                null,
                null,
                to == AlertState.PENDING ? since.plusSeconds(10) : null);
    }

    static Glimpse glimpse(List<HallMetrics> halls, List<AlertTransition> firing) {
        return new Glimpse(site(Quantity.measured(276_800_000)), halls, firing, List.of(), List.of());
    }
}
