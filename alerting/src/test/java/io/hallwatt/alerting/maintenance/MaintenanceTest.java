package io.hallwatt.alerting.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.contract.config.InvalidInput;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {
    private static final String WINDOW = """
            zone: Africa/Casablanca
            windows:
              - name: work
                reason: Battery test
                matchers: ['hall="h03"', 'severity!="critical"']
                %s
            """;

    @Test
    void a_window_covers_what_all_its_matchers_match() {
        Maintenance planned = weekly("[sunday]", "02:00", "04:00");
        Instant within = Instant.parse("2026-01-18T02:00:00Z"); // 03:00 in Casablanca, a Sunday

        assertThat(planned.during(Map.of("hall", "h03", "severity", "warning"), within))
                .contains("work");
        assertThat(planned.during(Map.of("hall", "h03", "severity", "critical"), within))
                .isEmpty();
        assertThat(planned.during(Map.of("severity", "warning"), within)).isEmpty();
    }

    /** Africa/Casablanca is at UTC+1, and at UTC+0 from 15 February to 22 March 2026: the clock changes at 02:00 UTC, on Sundays. */
    @ParameterizedTest(name = "{0} {1} to {2}: [{3}, {4})")
    @CsvSource({
        // An ordinary Sunday, and one within Ramadan: the same clock time, an hour later in UTC.
        "[sunday], 02:00, 04:00, 2026-02-08T01:00:00Z, 2026-02-08T03:00:00Z",
        "[sunday], 02:00, 04:00, 2026-03-01T02:00:00Z, 2026-03-01T04:00:00Z",
        // Past midnight: it belongs to the day on which it begins.
        "[saturday], 22:00, 01:00, 2026-02-07T21:00:00Z, 2026-02-08T00:00:00Z",
        "[sunday], 12:00, 12:00, 2026-02-08T11:00:00Z, 2026-02-09T11:00:00Z",
        // 15 February: 03:00 becomes 02:00. What lies in the hour that comes twice begins at the first and ends at the
        // last.
        "[sunday], 02:30, 02:45, 2026-02-15T01:30:00Z, 2026-02-15T02:45:00Z",
        "[sunday], 01:00, 04:00, 2026-02-15T00:00:00Z, 2026-02-15T04:00:00Z",
        "[saturday], 23:00, 02:30, 2026-02-14T22:00:00Z, 2026-02-15T02:30:00Z",
        // 22 March: 02:00 becomes 03:00. An end or a beginning that does not come is the moment of the change.
        "[sunday], 01:00, 02:30, 2026-03-22T01:00:00Z, 2026-03-22T02:00:00Z",
        "[sunday], 02:30, 04:00, 2026-03-22T02:00:00Z, 2026-03-22T03:00:00Z",
    })
    void a_weekly_window_is_told_by_the_sites_clock(String days, String from, String to, Instant first, Instant end) {
        Maintenance planned = weekly(days, from, to);

        assertThat(inside(planned, first.minusSeconds(1))).isFalse();
        assertThat(inside(planned, first)).isTrue();
        assertThat(inside(planned, first.plusSeconds((end.getEpochSecond() - first.getEpochSecond()) / 2)))
                .isTrue();
        assertThat(inside(planned, end.minusSeconds(1))).isTrue();
        assertThat(inside(planned, end)).isFalse();
    }

    @Test
    void a_window_wholly_in_the_hour_that_does_not_come_is_none() {
        Maintenance planned = weekly("[sunday]", "02:10", "02:50");

        for (int minute = 0; minute < 240; minute++) {
            assertThat(inside(planned, Instant.parse("2026-03-22T00:00:00Z").plusSeconds(60L * minute)))
                    .isFalse();
        }
    }

    @Test
    void a_single_window_may_last_for_days() {
        Maintenance planned =
                Maintenance.read("work.yaml", WINDOW.formatted("from: 2026-02-14T20:00\n    to: 2026-02-16T06:00"));

        assertThat(inside(planned, Instant.parse("2026-02-14T18:59:59Z"))).isFalse();
        assertThat(inside(planned, Instant.parse("2026-02-14T19:00:00Z"))).isTrue();
        assertThat(inside(planned, Instant.parse("2026-02-16T05:59:59Z"))).isTrue();
        assertThat(inside(planned, Instant.parse("2026-02-16T06:00:00Z"))).isFalse();
    }

    @Test
    void gives_all_faults_at_once_each_with_its_place() {
        String text = """
                zone: Morocco/Casablanca
                windows:
                  - name: a
                    reason: r
                    matchers: []
                    weekly: [someday]
                    from: "25:00"
                  - name: a
                    reason: r
                    matchers: [hall=h03, 'rack=~"("']
                    from: 2026-12-05T22:00
                    to: 2026-12-05T21:00
                """;

        assertThatThrownBy(() -> Maintenance.read("work.yaml", text))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        "work.yaml:1:7: zone: \"Morocco/Casablanca\" is no time zone; give the site's, as Africa/Casablanca",
                                        "work.yaml:3:5: window a: to is missing",
                                        "work.yaml:5:15: window a: matchers: which alerts? Give at least one; alertname=~\".+\" is all of them",
                                        "work.yaml:6:14: window a: weekly: \"someday\" is no day; write monday, tuesday …",
                                        "work.yaml:7:11: window a: from: \"25:00\" is no time; write one of the site's clock, as \"02:00\"",
                                        "work.yaml:8:11: window a: name: \"a\" stands twice: alerts are marked with it; give each its own",
                                        "work.yaml:10:16: window a: matchers: \"hall=h03\" is no matcher; write hall=\"h03\", or with !=, =~ or !~",
                                        "work.yaml:10:26: window a: matchers: \"(\" is no regular expression (RE2): missing closing )",
                                        "work.yaml:12:9: window a: to: 2026-12-05T21:00 is not after from, 2026-12-05T22:00"));
    }

    @Test
    void warns_of_what_plans_nothing() {
        String typo = WINDOW.formatted("from: 2026-12-05T22:00\n    to: 2026-12-06T02:00")
                .replace("hall=\"h03\"", "alertname=\"RackFedOverload\"");

        assertThat(MaintenanceCheck.of("work.yaml", typo, Set.of("RackFeedOverload"), null)
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("work.yaml:5:")
                .endsWith(
                        ": warning: window work: matchers: alertname \"RackFedOverload\" is no alert of these rules, so that the window covers none; did you mean \"RackFeedOverload\"?");
        assertThat(MaintenanceCheck.of("work.yaml", typo, Set.of("RackFedOverload"), null)
                        .warnings())
                .isEmpty();
        assertThat(MaintenanceCheck.of("work.yaml", "zone: UTC\nwindows: []\n", Set.of(), null)
                        .warnings())
                .containsExactly(
                        "work.yaml:2:10: warning: no windows: nothing is planned; list them under windows:, or leave --maintenance out");
    }

    private static Maintenance weekly(String days, String from, String to) {
        return Maintenance.read(
                "work.yaml",
                WINDOW.formatted("weekly: %s\n    from: \"%s\"\n    to: \"%s\"".formatted(days, from, to)));
    }

    @Test
    void without_a_zone_it_is_the_sites() {
        Maintenance planned = Maintenance.read(
                "work.yaml",
                WINDOW.replace("zone: Africa/Casablanca\n", "")
                        .formatted("from: 2026-01-18T02:00\n    to: 2026-01-18T04:00"));

        assertThat(planned.needsZone()).isTrue();
        assertThat(inside(planned.at(ZoneId.of("Africa/Casablanca")), Instant.parse("2026-01-18T01:00:00Z")))
                .isTrue();
        assertThat(inside(planned.at(ZoneId.of("Asia/Tokyo")), Instant.parse("2026-01-18T01:00:00Z")))
                .isFalse();
        assertThat(inside(planned.at(ZoneId.of("Asia/Tokyo")), Instant.parse("2026-01-17T17:00:00Z")))
                .isTrue();
    }

    @Test
    void a_zone_that_is_not_the_sites_is_doubted() {
        String text = WINDOW.formatted("from: 2026-01-18T02:00\n    to: 2026-01-18T04:00");

        assertThat(MaintenanceCheck.of("work.yaml", text, Set.of(), ZoneId.of("Europe/Madrid"))
                        .warnings())
                .containsExactly(
                        "work.yaml:1:7: warning: zone is Africa/Casablanca, and the site's is Europe/Madrid: work is taken for planned at Africa/Casablanca's hours; leave zone out to take the site's");
        assertThat(MaintenanceCheck.of("work.yaml", text, Set.of(), ZoneId.of("Africa/Casablanca"))
                        .warnings())
                .isEmpty();
        assertThat(Maintenance.read("work.yaml", text)
                        .at(ZoneId.of("Europe/Madrid"))
                        .zone())
                .as("what is written counts")
                .isEqualTo(ZoneId.of("Africa/Casablanca"));
    }

    private static boolean inside(Maintenance planned, Instant at) {
        return planned.during(Map.of("hall", "h03"), at).isPresent();
    }
}
