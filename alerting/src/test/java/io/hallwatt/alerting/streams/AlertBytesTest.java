package io.hallwatt.alerting.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.evaluate.Fired;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Swings;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertBytesTest {
    private static final Instant SINCE = Instant.parse("2026-01-15T12:00:00Z");
    private static final Instant LATER = SINCE.plusMillis(1500);

    static Stream<Standing> standings() {
        return Stream.of(
                new Standing.Pending(SINCE, null),
                new Standing.Pending(SINCE, LATER),
                new Standing.Firing(SINCE, null, null),
                new Standing.Firing(SINCE, LATER, null),
                new Standing.Firing(SINCE, null, LATER),
                new Standing.Unknown(true, SINCE, LATER),
                new Standing.Unknown(false, SINCE, LATER),
                new Standing.Suppressed(SINCE, true),
                new Standing.Suppressed(SINCE, false),
                Standing.INACTIVE);
    }

    @ParameterizedTest
    @MethodSource("standings")
    void every_standing_comes_back_as_it_went(Standing standing) {
        Alert alert = alert(standing);

        assertThat(AlertBytes.read(AlertBytes.write(alert))).isEqualTo(alert);
    }

    @Test
    void what_fired_and_what_ended_come_back_with_when_and_how() {
        SortedMap<String, String> annotations = new TreeMap<>(Map.of("summary", "Überlast", "runbook", ""));
        Alert firing = alert(new Standing.Firing(SINCE, null, null), new Fired(LATER, annotations, null));
        Alert ended = alert(Standing.INACTIVE, new Fired(LATER, annotations, LATER.plusSeconds(9)));

        assertThat(AlertBytes.read(AlertBytes.write(firing))).isEqualTo(firing);
        assertThat(AlertBytes.read(AlertBytes.write(ended))).isEqualTo(ended);
    }

    /** Each as it was written, byte for byte. */
    @ParameterizedTest
    @ValueSource(strings = {"01", "02"})
    void the_earlier_forms_are_read_and_their_alerts_fired_at_their_first_breach(String form) {
        String swings = form.equals("01") ? "" : "0001" + "0000019bc186de00" + "00" + "00000000" + "00";
        byte[] bytes = HexFormat.of()
                .parseHex(form + "00026964" + "00045241434b" + "000673312f683031" + "000472303031" + "0004412f4c31"
                        + "00" + "0003486f74" + "000430306666" + "0001" + "0009616c6572746e616d65" + "0003486f74"
                        + "02" + "0000019bc186de00" + "8000000000000000" + "8000000000000000" + swings);

        Alert alert = AlertBytes.read(bytes);

        assertThat(alert.standing()).isEqualTo(new Standing.Firing(SINCE, null, null));
        assertThat(alert.swings()).isEqualTo(form.equals("01") ? Swings.NONE : new Swings(List.of(SINCE), false, 0));
        assertThat(alert.fired()).isEqualTo(new Fired(SINCE, new TreeMap<>(), null));
    }

    @Test
    void a_newer_form_is_refused_with_what_to_do() {
        byte[] bytes = AlertBytes.write(alert(new Standing.Pending(SINCE, null)));
        bytes[0] = 5;

        assertThatThrownBy(() -> AlertBytes.read(bytes))
                .hasMessage("an alert's state was written by a newer version (form 5, known: 4): run that version");
    }

    @Test
    void the_third_form_lacked_only_its_last_the_metrics() {
        Alert alert = alert(new Standing.Pending(SINCE, null));
        byte[] bytes = AlertBytes.write(alert);
        byte[] third = Arrays.copyOf(bytes, bytes.length - 1);
        third[0] = 3;

        assertThat(AlertBytes.read(third)).isEqualTo(alert);
        assertThat(alert.metrics()).isNull();
    }

    private static Alert alert(Standing standing) {
        return alert(standing, null);
    }

    private static Alert alert(Standing standing, @Nullable Fired fired) {
        return new Alert(
                new AlertKey("id", Scope.RACK, "s1/h01", "r001", "A/L1", false),
                "Hot",
                new TreeMap<>(Map.of("alertname", "Hot", "room", "Übung")),
                "00ff",
                standing,
                new Swings(List.of(SINCE, LATER), true, 7),
                standing instanceof Standing.Firing ? "ups-test" : null,
                standing instanceof Standing.Firing ? "hallwatt_rack_power_watts" : null,
                fired);
    }
}
