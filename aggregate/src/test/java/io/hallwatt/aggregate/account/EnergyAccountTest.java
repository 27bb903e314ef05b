package io.hallwatt.aggregate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.energy.Arrival;
import io.hallwatt.aggregate.energy.Energy;
import io.hallwatt.aggregate.energy.EnergyBook;
import io.hallwatt.aggregate.energy.MeterSpec;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergyHour.MeterSpan;
import io.hallwatt.contract.EnergyHour.OffsetRange;
import io.hallwatt.contract.EnergySubject.HallIt;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnergyAccountTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    private final EnergyAccount account = empty();
    private final List<EnergyHour> published = new ArrayList<>();
    private long offset = 100;

    @Test
    void an_hour_is_published_once_it_is_over_with_what_it_comes_from() {
        account.meters(meters("a", "b"), Long.MIN_VALUE);
        show(account, "b", 5 * MINUTE, 1_000);
        show(account, "b", 65 * MINUTE, 7_000);

        account.closeHours(HOUR - 1, published::add);
        assertThat(published).isEmpty();
        account.closeHours(HOUR, published::add);

        EnergyHour hour = published.getFirst();
        assertThat(published).hasSize(1);
        assertThat(hour.site()).isEqualTo(new SiteId("small"));
        assertThat(hour.subject()).isEqualTo(new HallIt(new HallId("h01")));
        assertThat(hour.start()).isEqualTo(Instant.EPOCH);
        assertThat(hour.revision()).isZero();
        assertThat(hour.totalMilliwattHours()).isEqualTo(5_500);
        assertThat(hour.metersExpected()).isEqualTo(2);
        assertThat(hour.carbonGramsPerKilowattHour()).isNull();
        assertThat(hour.evidence().readings()).isEqualTo(1);
        assertThat(hour.evidence().firstAt()).isEqualTo(Instant.ofEpochMilli(5 * MINUTE));
        assertThat(hour.evidence().lastAt()).isEqualTo(Instant.ofEpochMilli(5 * MINUTE));
        assertThat(hour.evidence().meters())
                .singleElement()
                .satisfies(span -> assertThat(span.meter()).isEqualTo("b"));
        assertThat(hour.evidence().offsets()).containsExactly(new OffsetRange("rack.readings", 3, 100, 101));
    }

    @Test
    void a_silent_hour_is_published_as_nothing_known_of_all_its_meters() {
        account.meters(meters("a", "b"), Long.MIN_VALUE);
        account.closeHours(3 * HOUR, published::add);
        assertThat(published).as("before the first reading ever").isEmpty();
        show(account, "a", 0, 1_000);

        account.closeHours(3 * HOUR, published::add);

        assertThat(published)
                .extracting(hour -> hour.start().toEpochMilli() / HOUR)
                .containsExactly(0L, 1L, 2L);
        assertThat(published.getLast().totalMilliwattHours()).isZero();
        assertThat(published.getLast().metersExpected()).isEqualTo(2);
        assertThat(published.getLast().metersComplete()).isZero();
        assertThat(published.getLast().evidence().readings()).isZero();
    }

    @Test
    void where_no_wall_clock_closes_hours_nothing_is_said_of_a_silence() {
        EnergyAccount past =
                new EnergyAccount(new SiteId("small"), new HallIt(new HallId("h01")), "rack.readings", false);
        past.meters(meters("a"), Long.MIN_VALUE);
        show(past, "a", 0, 1_000);

        past.closeHours(3 * HOUR, published::add);

        assertThat(published).extracting(EnergyHour::start).containsExactly(Instant.EPOCH);
    }

    @Test
    void of_meters_that_have_all_left_the_site_model_no_silence_is_published() {
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", 0, 1_000);
        account.meters(meters(), Long.MIN_VALUE);

        account.closeHours(3 * HOUR, published::add);

        assertThat(published).extracting(EnergyHour::start).containsExactly(Instant.EPOCH);
        assertThat(account.book().nextHour()).hasValue(3 * HOUR);
    }

    @Test
    void an_hour_of_long_ago_that_gets_its_part_of_a_silence_keeps_its_evidence_over_a_restart_too() {
        HourlyMean carbon = new HourlyMean();
        carbon.add(1, 300);
        carbon.add(HOUR + 1, 500);
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", 0, 0);
        show(account, "a", 30 * MINUTE, 1_000);
        account.closeHours(8 * HOUR, carbon, published::add);
        carbon.forgetBefore(20 * HOUR);

        EnergyAccount restored = restored(drained(), "a");
        restored.closeHours(10 * HOUR, carbon, published::add);
        published.clear();
        show(restored, "a", 10 * HOUR + 30 * MINUTE, 21_000);
        restored.restate(carbon, published::add);

        assertThat(published)
                .extracting(hour -> hour.start().toEpochMilli() / HOUR + " rev " + hour.revision() + " "
                        + hour.totalMilliwattHours())
                .startsWith("0 rev 1 2000", "1 rev 1 2000", "2 rev 1 2000")
                .hasSize(10);
        EnergyHour first = published.getFirst();
        assertThat(first.metersComplete()).isEqualTo(1);
        assertThat(first.carbonGramsPerKilowattHour()).isEqualTo(300);
        assertThat(first.evidence().readings()).isEqualTo(2);
        assertThat(first.evidence().lastAt()).isEqualTo(Instant.ofEpochMilli(30 * MINUTE));
        assertThat(first.evidence().offsets())
                .as("its own, and the reading that ended the silence")
                .containsExactly(
                        new OffsetRange("rack.readings", 3, 100, 101), new OffsetRange("rack.readings", 3, 102, 102));
        assertThat(published.get(1).carbonGramsPerKilowattHour()).isEqualTo(500);
        assertThat(published.get(1).evidence().readings()).isZero();
    }

    @Test
    void an_hour_known_from_readings_around_it_alone_has_none_of_its_own() {
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", 0, 1_000);
        show(account, "a", 150 * MINUTE, 6_000);

        account.closeHours(2 * HOUR, published::add);

        assertThat(published.getLast().start()).isEqualTo(Instant.ofEpochMilli(HOUR));
        assertThat(published.getLast().estimatedMilliwattHours()).isEqualTo(2_000);
        assertThat(published.getLast().evidence().readings()).isZero();
        assertThat(published.getLast().evidence().firstAt()).isNull();
        assertThat(published.getLast().evidence().lastAt()).isNull();
    }

    @Test
    void a_late_reading_publishes_the_hour_again_and_is_evidence_of_it() {
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", 0, 1_000);
        show(account, "a", 30 * MINUTE, 2_000);
        account.closeHours(HOUR, published::add);
        published.clear();

        show(account, "a", 40 * MINUTE, 3_000);
        account.restate(null, published::add);

        assertThat(published).singleElement().satisfies(hour -> {
            assertThat(hour.revision()).isEqualTo(1);
            assertThat(hour.totalMilliwattHours()).isEqualTo(2_000);
            assertThat(hour.evidence().readings()).isEqualTo(3);
        });
    }

    @Test
    void what_restates_closed_hours_is_published_before_the_next_hour() {
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", 0, 1_000);
        show(account, "a", 30 * MINUTE, 2_000);
        account.closeHours(HOUR, published::add);
        show(account, "a", 90 * MINUTE, 4_000);

        account.closeHours(2 * HOUR, published::add);

        assertThat(published)
                .extracting(hour -> hour.start().toEpochMilli() / HOUR + " rev " + hour.revision())
                .containsExactly("0 rev 0", "0 rev 1", "1 rev 0");
    }

    @Test
    void a_reading_that_changed_nothing_because_it_came_too_late_is_no_evidence() {
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", 0, 1_000);

        account.evidence(Arrival.LATE, 10, 3, 200);
        account.evidence(Arrival.REFUSED, 10, 3, 201);
        account.evidence(Arrival.UNCHANGED, 10, 3, 150);
        account.closeHours(HOUR, published::add);

        assertThat(published.getFirst().evidence().readings()).isEqualTo(2);
        assertThat(published.getFirst().evidence().offsets())
                .containsExactly(new OffsetRange("rack.readings", 3, 100, 150));
    }

    @Test
    void an_hour_names_the_readings_around_it_that_it_rests_on_and_where_they_are() {
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", HOUR - 5 * MINUTE, 1_000); // offset 100
        show(account, "a", HOUR - 1_000, 2_000);
        show(account, "a", HOUR + 1_000, 3_000);
        show(account, "a", 2 * HOUR - 1_000, 4_000);
        show(account, "a", 2 * HOUR + 1_000, 5_000);
        show(account, "a", 2 * HOUR + 5 * MINUTE, 6_000);

        account.closeHours(2 * HOUR, published::add);

        EnergyHour hour = published.getLast();
        assertThat(hour.start()).isEqualTo(Instant.ofEpochMilli(HOUR));
        assertThat(hour.evidence().readings()).isEqualTo(2);
        assertThat(hour.evidence().meters()).singleElement().satisfies(span -> {
            assertThat(span.readFrom()).isEqualTo(Instant.ofEpochMilli(HOUR - 1_000));
            assertThat(span.readUntil()).isEqualTo(Instant.ofEpochMilli(2 * HOUR + 1_000));
        });
        assertThat(hour.evidence().offsets()).containsExactly(new OffsetRange("rack.readings", 3, 101, 104));
    }

    @Test
    void where_a_register_restarted_over_an_hours_end_the_reading_that_bears_it_out_is_named_too() {
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", HOUR - 2_000, 1_000_000);
        show(account, "a", HOUR + 1_000, 500); // a restart or a false value: the next one tells
        show(account, "a", HOUR + 2_000, 900);

        account.closeHours(HOUR, published::add);

        assertThat(published.getFirst().evidence().meters())
                .extracting(MeterSpan::readUntil)
                .containsExactly(Instant.ofEpochMilli(HOUR + 2_000));
        assertThat(published.getFirst().evidence().offsets())
                .containsExactly(new OffsetRange("rack.readings", 3, 100, 102));
    }

    @Test
    void an_hour_rests_on_the_sample_that_holds_into_it_and_on_intervals_over_its_ends() {
        account.meters(meters("clamp", "utility"), Long.MIN_VALUE);
        EnergyBook book = account.book();
        account.evidence(book.power(0, HOUR - 1_000, 3_600), HOUR - 1_000, 3, 7);
        account.evidence(book.interval(1, 50 * MINUTE, 70 * MINUTE, 200), 70 * MINUTE - 1, 3, 8);
        account.evidence(book.interval(1, 115 * MINUTE, 125 * MINUTE, 100), 125 * MINUTE - 1, 3, 9);

        account.closeHours(2 * HOUR, published::add);

        EnergyHour hour = published.getLast();
        assertThat(hour.evidence().meters())
                .extracting(MeterSpan::readFrom)
                .containsExactly(Instant.ofEpochMilli(HOUR - 1_000), Instant.ofEpochMilli(50 * MINUTE));
        assertThat(hour.evidence().meters())
                .extracting(MeterSpan::readUntil)
                .containsExactly(null, Instant.ofEpochMilli(125 * MINUTE));
        assertThat(hour.evidence().offsets()).containsExactly(new OffsetRange("rack.readings", 3, 7, 9));
    }

    @Test
    void evidence_is_kept_as_long_as_its_hour_can_be_restated() {
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", 0, 1_000);
        show(account, "a", 65 * MINUTE, 2_000);
        account.closeHours(4 * HOUR, published::add);
        published.clear();

        show(account, "a", 70 * MINUTE, 2_500);
        account.restate(null, published::add);

        assertThat(published).extracting(hour -> hour.evidence().readings()).contains(2L);
        show(account, "a", 250 * MINUTE, 9_000);
        account.closeHours(5 * HOUR, published::add);
        Map<String, byte[]> parts = drained();
        assertThat(restored(parts, "a").lastHourEnd()).isEqualTo(5 * HOUR);
        assertThat(parts.get("evidence")).as("of three hours at most").hasSizeLessThan(60);
    }

    @Test
    void an_hours_carbon_intensity_is_its_own() {
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", 0, 1_000);
        show(account, "a", 65 * MINUTE, 2_000);
        HourlyMean carbon = new HourlyMean();
        carbon.add(0, 40);
        carbon.add(HOUR, 50);

        account.closeHours(2 * HOUR, carbon, published::add);

        assertThat(published).extracting(EnergyHour::carbonGramsPerKilowattHour).containsExactly(40.0, 50.0);
    }

    @Test
    void a_window_is_given_while_the_book_holds_it_by_minutes() {
        account.meters(meters("a"), Long.MIN_VALUE);
        assertThat(account.window(0, MINUTE)).isNull();
        show(account, "a", 0, 1_000);
        show(account, "a", HOUR, 7_000);

        assertThat(account.window(0, 15 * MINUTE)).isEqualTo(new Energy(0, 1_500, 1, 1));
        assertThat(account.window(0, 15 * MINUTE, 30 * MINUTE)).isEqualTo(new Energy(0, 0, 1, 0));
        account.closeHours(HOUR, published::add);
        assertThat(account.window(59 * MINUTE, HOUR)).isNull();
        assertThat(account.window(HOUR, 61 * MINUTE)).isNotNull();
    }

    @Test
    void the_last_hour_is_that_of_the_last_reading_and_closing_it_closes_all() {
        account.meters(meters("a"), Long.MIN_VALUE);
        assertThat(account.lastHourEnd()).isEqualTo(Long.MIN_VALUE);
        assertThat(account.closed()).isTrue();
        show(account, "a", 5 * MINUTE, 1_000);

        assertThat(account.lastHourEnd()).isEqualTo(HOUR);
        assertThat(account.closed()).isFalse();
        account.closeHours(HOUR, published::add);
        assertThat(account.closed()).isTrue();
    }

    @Test
    void a_power_sample_holds_into_an_hour_without_a_reading() {
        account.meters(meters("a"), Long.MIN_VALUE);
        account.evidence(account.book().power(0, HOUR - 1_000, 3_600), HOUR - 1_000, 0, 1);

        assertThat(account.lastHourEnd()).isEqualTo(2 * HOUR);
    }

    @Test
    void a_reading_on_the_hour_belongs_to_the_hour_that_it_begins() {
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", HOUR, 1_000);

        assertThat(account.lastHourEnd()).isEqualTo(2 * HOUR);
    }

    @Test
    void meters_are_found_by_name_and_others_are_not() {
        account.meters(meters("a", "b"), Long.MIN_VALUE);

        assertThat(account.meter("a")).isZero();
        assertThat(account.meter("b")).isEqualTo(1);
        assertThat(account.meter("c")).isEqualTo(-1);
    }

    @Test
    void another_site_model_moves_meters_and_keeps_what_they_gave() {
        account.meters(meters("a", "b"), Long.MIN_VALUE);
        show(account, "b", 0, 1_000);
        show(account, "b", MINUTE, 1_500);
        EnergyBook before = account.book();
        account.meters(meters("a", "b"), Long.MIN_VALUE);
        assertThat(account.book()).as("the same meters change nothing").isSameAs(before);

        account.meters(meters("b"), Long.MIN_VALUE);

        assertThat(account.meter("b")).isZero();
        assertThat(account.meter("a")).isEqualTo(-1);
        assertThat(account.book().registersMilliwattHours()).isEqualTo(500);
    }

    @Test
    void goes_on_from_what_it_wrote() {
        account.meters(meters("a", "b"), Long.MIN_VALUE);
        show(account, "b", 0, 1_000);
        show(account, "b", MINUTE, 1_500);
        Map<String, byte[]> parts = drained();
        assertThat(drained()).as("nothing changed since").isEmpty();

        EnergyAccount restored = restored(parts, "b", "c");
        restored.closeHours(HOUR, published::add);

        assertThat(restored.meter("b")).isZero();
        assertThat(published.getFirst().totalMilliwattHours()).isEqualTo(500);
        assertThat(published.getFirst().evidence().readings()).isEqualTo(2);
    }

    @Test
    void closing_an_hour_writes_the_evidence_that_is_left() {
        account.meters(meters("a"), Long.MIN_VALUE);
        show(account, "a", 0, 1_000);
        account.drainDirty((key, bytes) -> {});

        account.closeHours(HOUR, published::add);

        assertThat(drained()).containsKey("evidence");
    }

    private Map<String, byte[]> drained() {
        Map<String, byte[]> parts = new HashMap<>();
        account.drainDirty((key, bytes) -> {
            if (bytes != null) {
                parts.put(key, bytes);
            }
        });
        return parts;
    }

    private void show(EnergyAccount to, String meter, long at, long milliwattHours) {
        Arrival arrival = to.book().register(to.meter(meter), at, milliwattHours, EnergyBook.NO_POWER);
        to.evidence(arrival, at, 3, offset++);
    }

    private static EnergyAccount restored(Map<String, byte[]> parts, String... meters) {
        EnergyAccount restored = empty();
        restored.restore(meters(meters), parts);
        return restored;
    }

    private static EnergyAccount empty() {
        return new EnergyAccount(new SiteId("small"), new HallIt(new HallId("h01")), "rack.readings", true);
    }

    private static List<MeterSpec> meters(String... names) {
        return List.of(names).stream()
                .map(name -> new MeterSpec(name, 1_000_000_000_000L, 140_000, Duration.ofSeconds(1), 1))
                .toList();
    }
}
