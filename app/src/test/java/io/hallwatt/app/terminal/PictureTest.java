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

import io.hallwatt.app.summary.Glimpse;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                        "        hall        IT power   inlet max   breaker max   racks silent",
                        "        h02          6.92 MW     24.5 °C        50.0 %            200",
                        "        h03          6.92 MW     24.5 °C        60.0 %              0",
                        "        h01          6.92 MW     24.5 °C        70.0 %              0",
                        "alerts  1 firing, 1 pending, watchdog ok",
                        "  warning   h03/r017 feed A  0.864  since 13:29:48  Rack h03/r017 feed A is at …",
                        "  critical  h03/r018 feed A  0.864  pending since 13:29:57  Rack h03/r018 feed …",
                        "  warning   h03/r019 feed A  0.864  resolved 13:29:30  Rack h03/r019 feed A is …");
    }

    @Test
    void at_120_columns_the_site_is_one_line_and_summaries_are_whole() {
        assertThat(text(TROUBLE, 120))
                .contains(
                        "site    312.34 MW   IT ≥ 276.80 MW   1 hall silent   200 racks silent   ratio 1.128   renewable 45.1 %   grid 171.20 MW",
                        "  warning   h03/r017 feed A  0.864  since 13:29:48  Rack h03/r017 feed A is at 86.4% of its breaker");
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
        assertThat(picture(calm).line()).endsWith("; 0 alerts firing");
    }

    @Test
    void one_alert_is_said_in_the_singular() {
        assertThat(picture(TROUBLE).line())
                .isEqualTo(
                        "site 312.34 MW, IT ≥ 276.80 MW, renewable 45.1 %, 1 hall silent, 200 racks silent; 8,000 readings/s, 12 rejected, lag 3; 1 alert firing");
    }

    @Test
    void the_worst_alerts_come_first_and_the_rest_is_counted() {
        List<AlertTransition> firing = new ArrayList<>(Collections.nCopies(9, OVERLOAD));
        firing.add(rackAlert(FIRING, "r099", "critical", NOW.minusSeconds(500)));

        List<String> lines = text(glimpse(List.of(), firing), 80);

        assertThat(lines).endsWith("  … and 2 more");
        assertThat(lines.get(lines.indexOf("alerts  10 firing") + 1)).startsWith("  critical  h03/r099 feed A");
    }

    @Test
    void an_alert_of_another_day_says_which_and_one_without_value_says_none() {
        AlertTransition blind =
                alert(FIRING, Map.of("severity", "info"), "PueHigh cannot see", NOW.minus(Duration.ofDays(1)), null);

        assertThat(text(glimpse(List.of(), List.of(blind)), 80))
                .endsWith("  info      site  since 2026-01-14 13:30:00  PueHigh cannot see");
    }

    @Test
    void control_characters_of_labels_do_not_reach_the_terminal() {
        AlertTransition evil = alert(FIRING, Map.of("hall", "h\u001b[2J"), "a\nb", NOW, 100.0);

        assertThat(text(glimpse(List.of(), List.of(evil)), 80)).endsWith("            h?[2J  100  since 13:30:00  a?b");
    }

    private static List<String> text(Glimpse glimpse, int width) {
        return picture(glimpse).lines(NOW, new WindowSize(width, 24)).stream()
                .map(Picture.Line::text)
                .toList();
    }
}
