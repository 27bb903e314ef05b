package io.hallwatt.alerting.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.evaluate.Fired;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
                new Standing.Unknown(false, SINCE, LATER));
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

    /** Written by the version before, byte for byte. */
    @Test
    void the_first_form_is_read_and_its_alerts_fired_at_their_first_breach() {
        byte[] form1 = HexFormat.of()
                .parseHex("01" + "00026964" + "00045241434b" + "000673312f683031" + "000472303031" + "0004412f4c31"
                        + "00" + "0003486f74" + "000430306666" + "0001" + "0009616c6572746e616d65" + "0003486f74"
                        + "02" + "%016x".formatted(SINCE.toEpochMilli()) + "8000000000000000" + "8000000000000000");

        Alert alert = AlertBytes.read(form1);

        assertThat(alert.standing()).isEqualTo(new Standing.Firing(SINCE, null, null));
        assertThat(alert.fired()).isEqualTo(new Fired(SINCE, new TreeMap<>(), null));
    }

    @Test
    void a_newer_form_is_refused_with_what_to_do() {
        byte[] bytes = AlertBytes.write(alert(new Standing.Pending(SINCE, null)));
        bytes[0] = 3;

        assertThatThrownBy(() -> AlertBytes.read(bytes))
                .hasMessage("an alert's state was written by a newer version (form 3, known: 2): run that version");
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
                fired);
    }
}
