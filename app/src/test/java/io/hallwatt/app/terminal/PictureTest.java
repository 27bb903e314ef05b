package io.hallwatt.app.terminal;

import static io.hallwatt.app.terminal.Moments.NOW;
import static io.hallwatt.app.terminal.Moments.alert;
import static io.hallwatt.app.terminal.Moments.glimpse;
import static io.hallwatt.app.terminal.Moments.hall;
import static io.hallwatt.app.terminal.Moments.picture;
import static io.hallwatt.app.terminal.Moments.rackAlert;
import static io.hallwatt.app.terminal.Moments.site;
import static io.hallwatt.app.terminal.Moments.watchdog;
import static io.hallwatt.contract.AlertState.FIRING;
import static io.hallwatt.contract.AlertState.INACTIVE;
import static io.hallwatt.contract.AlertState.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.reload.LiveRules.Refusal;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.summary.Glimpse;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    private static final AlertTransition OVERLOAD = rackAlert(FIRING, "r017", "warning", NOW.minusSeconds(12));

    private static final Glimpse TROUBLE = new Glimpse(
            site(Quantity.estimated(276_800_000)),
            List.of(hall("h01", 0.7, 0), hall("h02", 0.5, 200), hall("h03", 0.6, 0)),
            List.of(watchdog(), OVERLOAD),
            List.of(rackAlert(PENDING, "r018", "critical", NOW.minusSeconds(3))),
            List.of(rackAlert(INACTIVE, "r019", "warning", NOW.minusSeconds(40))));

    @Test
    void at_80_columns_all_is_there_and_summaries_are_cut() {
        assertThat(text(TROUBLE, 80))
                .containsExactly(
                        "Hallwatt  Reference site, 8000 racks   http://127.0.0.1:9404/metrics",
                        "site    312.34 MW   IT ≥ 276.80 MW   1 hall silent   200 racks silent",
                        "        ratio 1.128   renewable 45.1 %   grid 171.20 MW",
                        "flow    8,000 readings/s, 12 rejected, lag 3",
                        "time    12:30:00Z, at the site 13:30:00+01:00",
                        "        hall        IT power   inlet max   breaker max   racks silent",
                        "        h02          6.92 MW     24.5 °C        50.0 %            200",
                        "        h03          6.92 MW     24.5 °C        60.0 %              0",
                        "        h01          6.92 MW     24.5 °C        70.0 %              0",
                        "alerts  1 firing, 1 pending, 1 just resolved, watchdog ok",
                        "  warning   Rule  h03/r017 feed A  86.4 %  since 12:29:48Z  Rack h03/r017 feed …",
                        "  pending   Rule  h03/r018 feed A  86.4 %  fires at 12:30:07Z if it lasts, sinc…",
                        "  resolved  Rule  h03/r019 feed A  86.4 %  at 12:29:30Z, warning  Rack h03/r019…");
    }

    @Test
    void at_120_columns_the_site_is_one_line_and_summaries_are_whole() {
        assertThat(text(TROUBLE, 120))
                .contains(
                        "site    312.34 MW   IT ≥ 276.80 MW   1 hall silent   200 racks silent   ratio 1.128   renewable 45.1 %   grid 171.20 MW",
                        "  warning   Rule  h03/r017 feed A  86.4 %  since 12:29:48Z  Rack h03/r017 feed A is at 86.4% of its breaker",
                        "  pending   Rule  h03/r018 feed A  86.4 %  fires at 12:30:07Z if it lasts, since 12:29:57Z, critical  Rack h03/r018 fee…");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 40, 80, 120})
    void no_line_is_wider_than_the_window(int width) {
        assertThat(picture(TROUBLE).lines(NOW, new WindowSize(width, 50)))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }

    @Test
    void the_block_leaves_one_row_for_the_cursor() {
        assertThat(picture(TROUBLE).lines(NOW, new WindowSize(80, 10))).hasSize(9);
    }

    @Test
    void halls_that_alerts_speak_of_come_before_those_of_more_load() {
        assertThat(text(glimpse(List.of(hall("h01", 0.9, 0), hall("h03", 0.1, 0)), List.of(OVERLOAD)), 80))
                .filteredOn(line -> line.startsWith("        h0"))
                .extracting(line -> line.strip().substring(0, 3))
                .containsExactly("h03", "h01");
    }

    @Test
    void a_watchdog_is_no_fault() {
        Glimpse calm = glimpse(List.of(hall("h01", 0.7, 0)), List.of(watchdog()));

        assertThat(text(calm, 80)).endsWith("alerts  0 firing, watchdog ok");
        assertThat(picture(calm).line(NOW)).endsWith("; 0 alerts firing");
    }

    @Test
    void one_line_names_what_fires() {
        assertThat(picture(TROUBLE).line(NOW))
                .isEqualTo(
                        "site 312.34 MW, IT ≥ 276.80 MW, renewable 45.1 %, 1 hall silent, 200 racks silent; 8,000 readings/s, 12 rejected, lag 3; 1 alert firing: Rule h03/r017 feed A 86.4 % since 12:29:48Z");
    }

    @Test
    void the_worst_alerts_come_first_and_the_rest_is_counted() {
        List<AlertTransition> firing = new ArrayList<>(Collections.nCopies(29, OVERLOAD));
        firing.add(rackAlert(FIRING, "r099", "critical", NOW.minusSeconds(500)));

        List<String> lines = text(glimpse(List.of(), firing), 80);

        assertThat(lines).hasSize(23).endsWith("  … and 15 more");
        assertThat(lines.get(lines.indexOf("alerts  30 firing") + 1)).startsWith("  critical  Rule  h03/r099 feed A");
        assertThat(picture(glimpse(List.of(), firing)).line(NOW))
                .contains("; 30 alerts firing: Rule h03/r099 feed A 86.4 % since 12:21:40Z, Rule h03/r017")
                .endsWith(" and 27 more");
    }

    @Test
    void what_is_shown_and_what_is_counted_add_up_in_a_low_window_too() {
        List<AlertTransition> firing = Collections.nCopies(6, OVERLOAD);

        for (int rows = 11; rows <= 18; rows++) {
            List<String> lines =
                    picture(glimpse(List.of(hall("h01", 0.9, 0)), firing)).lines(NOW, new WindowSize(80, rows)).stream()
                            .map(Picture.Line::text)
                            .toList();
            long shown =
                    lines.stream().filter(line -> line.contains("h03/r017")).count();
            String last = lines.getLast();
            long more = last.startsWith("  … and ") ? Long.parseLong(last.replaceAll("\\D", "")) : 0;

            assertThat(lines).hasSizeLessThan(rows).contains("alerts  6 firing");
            assertThat(shown + more).as("in %d rows", rows).isEqualTo(6);
        }
    }

    @Test
    void halls_that_are_not_shown_are_counted() {
        List<HallMetrics> halls = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> hall("h0" + i, 0.5, 0))
                .toList();

        assertThat(text(glimpse(halls, List.of()), 80)).contains("        … and 2 more halls");
        assertThat(text(glimpse(halls.subList(0, 5), List.of()), 80)).noneMatch(line -> line.contains("more hall"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hallwatt_rack_feed_load_ratio > 0.8      | 0.86421  | 86.4 %",
                "hallwatt_site_pue_ratio > 1.5            | 1.61803  | PUE 1.62",
                "hallwatt_hall_it_power_watts > 1         | 6923456  | 6.92 MW",
                "hallwatt_rack_power_watts > 1            | 8123.4   | 8.1 kW",
                "hallwatt_hall_it_energy_joules > 1       | 7200000  | 2.0 kWh",
                "hallwatt_rack_inlet_max_celsius > 27     | 27.349   | 27.3 °C",
                "avg_over_time(hallwatt_rack_inlet_max_celsius[5s]) > 27 | 27.349 | 27.3 °C",
                "hallwatt_hall_cooling_redundancy_ratio < 1 | 0.971  | cooling redundancy 0.97",
                "hallwatt_hall_racks_silent > 0           | 12       | 12 racks silent",
                "hallwatt_hall_cooling_units_silent > 0   | 1        | 1 cooling unit silent",
                "hallwatt_hall_cooling_unit_failed > 0    | 1        | 1 cooling unit failed",
                "hallwatt_hall_it_power_watts / 1000 > 1  | 6923.4567 | value 6923.457"
            })
    void a_value_is_rounded_and_has_its_unit_or_says_what_it_is_of(String expr, double value, String text) {
        RuleSet rules = RuleSet.read(
                "rules.yaml", "groups:\n- name: g\n  rules:\n  - alert: Rule\n    expr: %s\n".formatted(expr));

        assertThat(new AlertValues(rules).text(alert(FIRING, Map.of(), "x", NOW, value)))
                .isEqualTo(text);
    }

    @Test
    void an_alert_of_another_day_says_which_and_one_without_value_says_none() {
        AlertTransition blind =
                alert(FIRING, Map.of("severity", "info"), "PueHigh cannot see", NOW.minus(Duration.ofDays(1)), null);

        assertThat(text(glimpse(List.of(), List.of(blind)), 80))
                .endsWith("  info      Rule  site  since 2026-01-14T12:30:00Z  PueHigh cannot see");
    }

    @Test
    void control_characters_of_labels_do_not_reach_the_terminal() {
        AlertTransition evil = alert(FIRING, Map.of("hall", "h\u001b[2J"), "a\nb", NOW, 100.0);

        assertThat(text(glimpse(List.of(), List.of(evil)), 80))
                .endsWith("            Rule  h?[2J  10000.0 %  since 12:30:00Z  a?b");
    }

    @Test
    void rules_that_were_refused_are_said_to_be_until_good_ones_are_read() {
        Glimpse calm = glimpse(List.of(hall("h01", 0.7, 0)), List.of());
        String fault =
                "rules/site.yaml:12:15: expr: no metric is called hallwatt_rack_feed_lode_ratio; did you mean hallwatt_rack_feed_load_ratio?";
        Refusal one = new Refusal(NOW.minusSeconds(30), List.of(fault));
        Refusal several = new Refusal(NOW.minusSeconds(30), List.of("a.yaml:1:1: " + "x".repeat(300), "b", "c"));

        assertThat(text(picture(calm, one), 80))
                .containsSequence(
                        "time    12:30:00Z, at the site 13:30:00+01:00",
                        "rules   refused since 12:29:30Z, the old ones go on:",
                        "        rules/site.yaml:12:15: expr: no metric is called",
                        "        hallwatt_rack_feed_lode_ratio; did you mean",
                        "        hallwatt_rack_feed_load_ratio?");
        assertThat(picture(calm, one).line(NOW)).endsWith("; rules refused since 12:29:30Z");
        assertThat(text(picture(calm, several), 80))
                .contains("rules   refused since 12:29:30Z, the old ones go on; the first of 3 faults:")
                .filteredOn(line -> line.contains("xxx"))
                .hasSize(3 - 1)
                .last()
                .asString()
                .endsWith("…");
        assertThat(text(calm, 80)).noneMatch(line -> line.startsWith("rules"));
    }

    private static List<String> text(Glimpse glimpse, int width) {
        return text(picture(glimpse), width);
    }

    private static List<String> text(Picture picture, int width) {
        return picture.lines(NOW, new WindowSize(width, 24)).stream()
                .map(Picture.Line::text)
                .toList();
    }
}
