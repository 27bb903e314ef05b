package io.hallwatt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.property.Any;
import io.hallwatt.contract.property.Seeds;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, windows, energy subjects, quantities: what they take and what they refuse. */
class NounsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "r001", "A.b_c-9", "-", "_", "0", "r001..r200"})
    void an_id_is_letters_digits_and_three_signs(String text) {
        assertThat(new RackId(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".a", "a/b", "a b", "é", "a\n", "a\u0000", "<img>", "a:b"})
    void anything_else_is_no_id(String text) {
        assertThatThrownBy(() -> new HallId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("hall id \"")
                .hasMessageEndingWith(": an id is " + Ids.RULE);
    }

    @Test
    void an_id_has_at_most_64_characters_and_a_message_does_not_repeat_a_longer_one() {
        assertThat(Ids.valid("x".repeat(64))).isTrue();
        assertThat(Ids.valid("x".repeat(65))).isFalse();
        assertThatThrownBy(() -> new SiteId("x".repeat(1_000_000))).message().hasSizeLessThan(200);
    }

    @Test
    void a_hall_key_is_two_ids_with_a_slash_between() {
        assertThat(HallKey.parse("s/h"))
                .isEqualTo(new HallKey(new SiteId("s"), new HallId("h")))
                .hasToString("s/h");
        assertThatThrownBy(() -> HallKey.parse("s")).hasMessageContaining("write it as site/hall");
        assertThatThrownBy(() -> HallKey.parse("s/h/x")).hasMessageContaining("hall id \"h/x\"");
    }

    @Test
    void windows_are_aligned_to_utc_before_1970_too() {
        Instant at = Instant.parse("2026-02-15T02:07:31.250Z");

        assertThat(Resolution.QUARTER.startMillis(at.toEpochMilli())).isEqualTo(1_771_120_800_000L);
        assertThat(Resolution.QUARTER.windowAt(at).start()).isEqualTo(Instant.parse("2026-02-15T02:00:00Z"));
        assertThat(Resolution.QUARTER.startMillis(-1)).isEqualTo(-900_000);
    }

    @Test
    void a_window_holds_its_start_and_not_its_end() {
        Window window = new Window(Instant.parse("2026-01-15T12:00:00Z"), Resolution.MINUTE);

        assertThat(window.contains(window.start())).isTrue();
        assertThat(window.contains(window.end().minusMillis(1))).isTrue();
        assertThat(window.contains(window.end())).isFalse();
        assertThat(window.next().start()).isEqualTo(window.end());
        assertThatThrownBy(() -> new Window(Instant.parse("2026-01-15T12:00:30Z"), Resolution.MINUTE))
                .hasMessageContaining("not aligned");
        assertThatThrownBy(() -> Resolution.of("5m")).hasMessageContaining("one of 1s, 1m, 15m, 1h");
    }

    @ParameterizedTest
    @Seeds(200)
    void every_time_lies_in_its_window_of_each_length(Random seeded) {
        Instant at = Any.time(seeded);

        for (Resolution resolution : Resolution.values()) {
            assertThat(resolution.windowAt(at).contains(at)).isTrue();
        }
    }

    @ParameterizedTest
    @Seeds(100)
    void an_energy_subject_reads_back_from_its_text(Random seeded) {
        EnergySubject subject = Any.energySubject(seeded);

        assertThat(EnergySubject.parse(subject.text())).isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hall/h01", "hall/h01/it/x", "hall//it", "site/s/it", "hall/h 1/it", "source/x/it"})
    void what_is_no_energy_subject_is_refused(String text) {
        assertThatThrownBy(() -> EnergySubject.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_hour_of_energy_starts_on_the_hour_and_is_not_negative() {
        var none =
                new EnergyHour.Evidence(0, null, null, java.util.List.of(), java.util.List.of(), java.util.List.of());
        var it = new EnergySubject.HallIt(new HallId("h"));
        var site = new SiteId("s");

        assertThatThrownBy(() -> new EnergyHour(site, it, Instant.ofEpochSecond(1), 0, 0, 0, 1, 1, null, none))
                .hasMessageContaining("not on the hour");
        assertThatThrownBy(() -> new EnergyHour(site, it, Instant.EPOCH, 0, -1, 5, 1, 1, null, none))
                .hasMessageContaining("measured -1 mWh, estimated 5 mWh");
    }

    @Test
    void a_quantity_is_a_number_or_a_reason() {
        Quantities quantities = Quantities.builder()
                .put(Metric.HALL_IT_POWER, 5)
                .unknown(Metric.HALL_PARTIAL_PUE, Reason.INCOMPLETE)
                .build();

        assertThat(quantities.value(Metric.HALL_IT_POWER)).hasValue(5);
        assertThat(quantities.value(Metric.HALL_PARTIAL_PUE)).isEmpty();
        assertThat(quantities.value(Metric.HALL_INLET_MAX)).isEmpty();
        assertThatThrownBy(() -> Quantity.measured(Double.NaN)).hasMessageContaining("not NaN");
        assertThatThrownBy(() -> Quantities.builder().put(Metric.HALL_FEED_POWER, 1))
                .hasMessageContaining("the key \"\" has 0 parts");
        assertThat(Reason.of("FROM_THE_FUTURE")).isEqualTo(Reason.OTHER);
    }
}
