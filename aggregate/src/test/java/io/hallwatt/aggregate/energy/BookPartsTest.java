package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BookPartsTest {
    private static final long HOUR = 3_600_000;
    private static final long START = 500_000 * HOUR; // today's times have as many digits
    private static final int FEEDS = 400;

    @Test
    void a_commit_in_the_middle_of_a_minute_writes_its_changes_alone_and_less_than_10_kilobytes_a_hall() {
        EnergyBook book = hall(FEEDS);
        report(book, START, 30);
        drain(book);

        report(book, START + 30_000, 10);

        Map<String, byte @Nullable []> written = drain(book);
        assertThat(written.keySet()).containsExactly("changes/0");
        assertThat(written.values()).allSatisfy(bytes -> assertThat(bytes).hasSizeLessThan(10_000));
        assertThat(drain(book)).isEmpty();
    }

    @Test
    void a_commit_in_which_few_meters_spoke_writes_those_alone_until_all_is_due_again() {
        EnergyBook book = hall(FEEDS);
        report(book, START, 30);
        drain(book);

        List<String> written = new ArrayList<>();
        for (int commit = 0; commit < 50; commit++) {
            book.register(commit, START + 30_000, 4_000_000_000_000L, 1_000);
            Map<String, byte @Nullable []> parts = drain(book);
            written.addAll(parts.keySet());
            if (parts.size() == 1) {
                assertThat(parts.values()).allSatisfy(bytes -> assertThat(bytes).hasSizeLessThan(50));
            }
        }

        List<String> expected = new ArrayList<>();
        for (int place = 0; place < 48; place++) {
            expected.add("changes/" + place);
        }
        expected.addAll(List.of("age", "minute/" + START, "changes/0"));
        assertThat(written).isEqualTo(expected);
    }

    @Test
    void what_was_given_often_is_given_otherwise_once_it_is_kept_no_longer() {
        EnergyBook book = hall(FEEDS);
        Map<String, byte[]> store = new TreeMap<>();
        report(book, START, 30);
        keep(book, store);
        book.register(3, START + 30_000, 4_000_000_000_000L, 1_000);
        Map<String, byte[]> lost = new TreeMap<>();
        keep(book, lost);
        assertThat(lost).containsOnlyKeys("changes/0");

        book.startOver();
        keep(book, store);

        assertThat(EnergyBook.restore(book.meters(), store).registersMilliwattHours())
                .isEqualTo(book.registersMilliwattHours());
        book.startOver();
        Map<String, byte[]> nothing = new TreeMap<>();
        keep(book, nothing);
        assertThat(nothing).as("nothing was given often since").isEmpty();
    }

    @Test
    void changes_from_before_all_was_written_are_not_taken_for_new() {
        EnergyBook book = hall(4);
        Map<String, byte[]> store = new TreeMap<>();
        book.register(0, START, 1_000, EnergyBook.NO_POWER);
        keep(book, store);
        book.register(0, START + 10_000, 2_000, EnergyBook.NO_POWER);
        keep(book, store);
        assertThat(store).containsKey("changes/0");
        byte[] old = store.get("changes/0");

        EnergyBook restarted = EnergyBook.restore(book.meters(), store);
        for (int meter = 0; meter < 4; meter++) {
            restarted.register(meter, START + 20_000, 3_000, EnergyBook.NO_POWER);
        }
        keep(restarted, store);

        assertThat(store).containsEntry("changes/0", old);
        assertThat(EnergyBook.restore(book.meters(), store).registersMilliwattHours())
                .isEqualTo(2_000);
    }

    @Test
    void changes_of_a_minute_whose_hour_was_closed_since_do_not_open_it_again() {
        EnergyBook book = hall(4);
        Map<String, byte[]> store = new TreeMap<>();
        book.register(0, START, 1_000, EnergyBook.NO_POWER);
        keep(book, store);
        book.register(0, START + 10_000, 2_000, EnergyBook.NO_POWER);
        keep(book, store);
        book.closeHour();
        keep(book, store);
        assertThat(store).containsKey("changes/0");

        EnergyBook restarted = EnergyBook.restore(book.meters(), store);

        assertThat(restarted.parts()).doesNotContainKey("minute/" + START);
        assertThat(restarted.registersMilliwattHours()).isEqualTo(1_000);
        assertThat(restarted.openMilliwattHours()).isZero();
    }

    @Test
    void changes_that_count_meters_as_they_were_are_not_read_once_meters_left_while_no_minute_was_open() {
        EnergyBook book = hall(4);
        Map<String, byte[]> store = new TreeMap<>();
        book.register(3, START, 1_000, EnergyBook.NO_POWER);
        keep(book, store);
        book.register(3, START + 10_000, 2_000, EnergyBook.NO_POWER);
        keep(book, store);
        assertThat(store).containsKey("changes/0");
        for (int hour = 0; hour <= EnergyBook.RESTATABLE_HOURS + 1; hour++) {
            book.closeHour();
        }
        keep(book, store);
        List<MeterSpec> left = book.meters().subList(0, 2);

        keep(book.with(left), store);

        assertThat(EnergyBook.restore(left, store).registersMilliwattHours()).isEqualTo(1_000);
    }

    private static void keep(EnergyBook book, Map<String, byte[]> store) {
        drain(book).forEach((key, bytes) -> {
            if (bytes == null) {
                store.remove(key);
            } else {
                store.put(key, bytes);
            }
        });
    }

    @Test
    void a_closed_hours_minutes_are_taken_back_and_hours_too_once_they_can_no_longer_be_restated() {
        EnergyBook book = hall(2);
        report(book, START, 61);
        drain(book);

        book.closeHour();

        assertThat(drain(book))
                .containsEntry("minute/" + START, null)
                .containsEntry("minute/" + (START + 60_000), null)
                .containsKeys("hour/" + START, "hour/" + (START + HOUR), "folds");

        for (int i = 0; i < EnergyBook.RESTATABLE_HOURS; i++) {
            book.closeHour();
        }

        assertThat(drain(book)).containsEntry("hour/" + START, null);
    }

    @Test
    void meters_are_found_by_name_when_the_site_model_changed() {
        EnergyBook book = new EnergyBook(List.of(meter("r001/A"), meter("gone"), meter("r002/A")));
        for (int meter = 0; meter < 3; meter++) {
            book.register(meter, START, 0, EnergyBook.NO_POWER);
            book.register(meter, START + 10_000, 1_000L * (meter + 1), EnergyBook.NO_POWER);
        }

        EnergyBook changed = EnergyBook.restore(List.of(meter("r002/A"), meter("new"), meter("r001/A")), book.parts());
        changed.register(0, START + 20_000, 3_500, EnergyBook.NO_POWER);

        assertThat(changed.registersMilliwattHours()).isEqualTo(3_500 + 1_000 + 2_000);
        assertThat(changed.closeHour().meters())
                .extracting(span -> span.meter() + " " + span.measuredMilliwattHours())
                .containsExactly("r002/A 3500", "r001/A 1000", "gone 2000");
    }

    @Test
    void what_is_final_is_kept_no_longer_however_many_hours_pass() {
        EnergyBook book = new EnergyBook(List.of(meter("r001/A"), meter("utility"), meter("clamp")));
        int early = 0;
        for (int hour = 0; hour < 20; hour++) {
            long start = START + hour * HOUR;
            book.register(0, start, 1_000 + hour, EnergyBook.NO_POWER);
            book.interval(1, start, start + HOUR, 5);
            book.power(2, start, 3_600_000);
            book.closeHour();
            early = hour == 9 ? size(book) : early;
        }

        assertThat(size(book)).isCloseTo(early, within(8)); // numbers grow by a byte now and then
    }

    private static int size(EnergyBook book) {
        return book.parts().entrySet().stream()
                .filter(part -> !part.getKey().startsWith("older/")) // a month of them
                .mapToInt(part -> part.getValue().length)
                .sum();
    }

    @Test
    void nothing_written_is_an_empty_book() {
        EnergyBook book = EnergyBook.restore(List.of(meter("r001/A")), Map.of());

        assertThat(book.nextHour()).isEmpty();
        assertThat(book.registersMilliwattHours()).isZero();
    }

    private static void report(EnergyBook book, long start, int seconds) {
        for (int second = 0; second < seconds; second++) {
            for (int meter = 0; meter < book.meters().size(); meter++) {
                long register = 3_000_000_000_000L + 7_919L * meter + (start - START) / 100 + second * 5_277L;
                book.register(meter, start + second * 1_000L + meter % 900, register, 19_000_000L + 10_007L * meter);
            }
        }
    }

    private static Map<String, byte @Nullable []> drain(EnergyBook book) {
        Map<String, byte @Nullable []> written = new TreeMap<>();
        book.drainDirty(written::put);
        return written;
    }

    private static EnergyBook hall(int feeds) {
        List<MeterSpec> meters = new ArrayList<>();
        for (int feed = 0; feed < feeds; feed++) {
            meters.add(meter("feed " + feed));
        }
        return new EnergyBook(meters);
    }

    private static MeterSpec meter(String name) {
        return new MeterSpec(name, 4_294_967_296_000L, 140_000, Duration.ofSeconds(1), 1);
    }
}
