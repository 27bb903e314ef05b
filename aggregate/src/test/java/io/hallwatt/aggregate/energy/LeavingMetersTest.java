package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.property.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Meters that the site model loses and gains: no milliwatt-hour is lost with them. */
class LeavingMetersTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    @ParameterizedTest
    @Seeds(200)
    void hours_and_what_is_open_add_up_to_the_registers_whichever_meters_leave_and_come_back(Random random) {
        EnergyBook book = new EnergyBook(meters(NAMES));
        Map<String, byte[]> store = new HashMap<>();
        Map<Long, BookedHour> newest = new TreeMap<>();
        long[] registers = new long[NAMES.size()];

        for (long at = 0; at < 14 * HOUR; at += 7_000 + random.nextInt(3 * 60_000)) {
            for (int i = 0; i < registers.length; i++) {
                registers[i] += random.nextInt(40_000);
                int meter = index(book, NAMES.get(i));
                if (meter >= 0 && random.nextInt(10) > 0) {
                    long late = random.nextInt(30) == 0 ? random.nextLong(2 * HOUR) : 0;
                    give(book, meter, i, Math.max(0, at - late), registers[i], random);
                }
            }
            if (random.nextInt(30) == 0) {
                book = book.with(meters(some(random)));
            }
            if (random.nextInt(30) == 0) {
                publish(book.restatements(), newest);
                drain(book, store);
                book = EnergyBook.restore(random.nextBoolean() ? book.meters() : meters(some(random)), store);
            }
            OptionalLong next = book.nextHour();
            if (random.nextInt(4) == 0 && next.isPresent() && next.getAsLong() + HOUR + 5 * MINUTE <= at) {
                publish(List.of(book.closeHour()), newest);
            }
            publish(book.restatements(), newest);

            assertThat(total(newest) + book.openMilliwattHours())
                    .as("at %d", at)
                    .isEqualTo(book.registersMilliwattHours());
        }

        assertThat(newest).hasSizeGreaterThan(9);
        assertThat(book.registersMilliwattHours()).isPositive();
    }

    @Test
    void a_meter_that_left_keeps_what_it_gave_and_is_expected_no_more() {
        EnergyBook book = new EnergyBook(meters(List.of("a", "b")));
        show(book, 0, 0, 0);
        show(book, 1, 0, 0);
        show(book, 0, 30 * MINUTE, 500);
        show(book, 1, 30 * MINUTE, 700);

        EnergyBook changed = book.with(meters(List.of("b")));
        show(changed, 0, 60 * MINUTE, 1_400);

        assertThat(changed.registersMilliwattHours()).isEqualTo(500 + 1_400);
        BookedHour hour = changed.closeHour();
        assertThat(hour.energy().totalMilliwattHours()).isEqualTo(500 + 1_400);
        assertThat(hour.energy().metersExpected()).isEqualTo(1);
        assertThat(hour.energy().metersComplete()).isEqualTo(1);
        assertThat(hour.meters()).extracting(span -> span.meter()).containsExactly("b", "a");
    }

    @Test
    void an_hour_that_was_published_is_not_restated_because_a_meter_left() {
        EnergyBook book = new EnergyBook(meters(List.of("a", "b")));
        for (int minute = 0; minute <= 60; minute++) {
            show(book, 0, minute * MINUTE, minute * 10L);
            show(book, 1, minute * MINUTE, minute * 20L);
        }
        book.closeHour();
        assertThat(book.restatements()).isEmpty();

        EnergyBook changed = book.with(meters(List.of("b")));

        assertThat(changed.restatements()).isEmpty();
        show(changed, 0, 61 * MINUTE, 1_220);
        assertThat(changed.registersMilliwattHours()).isEqualTo(600 + 1_220);
    }

    @Test
    void a_meter_that_comes_back_before_its_hours_are_final_goes_on_and_the_gap_is_estimated() {
        EnergyBook book = new EnergyBook(meters(List.of("a")));
        show(book, 0, 0, 0);
        show(book, 0, 20 * MINUTE, 1_000);

        EnergyBook away = book.with(List.of());
        EnergyBook back = EnergyBook.restore(meters(List.of("a")), away.parts());
        show(back, 0, 80 * MINUTE, 4_000);

        assertThat(back.closeHour().energy()).isEqualTo(new Energy(1_000, 2_000, 1, 1));
        assertThat(back.openMilliwattHours()).isEqualTo(1_000);
    }

    @Test
    void once_its_hours_are_final_a_meter_that_left_is_a_number() {
        EnergyBook book = new EnergyBook(meters(List.of("a", "b")));
        for (int minute = 0; minute <= 6 * 60; minute++) {
            show(book, 1, minute * MINUTE, minute * 20L);
            if (minute <= 30) {
                show(book, 0, minute * MINUTE, minute * 10L);
            }
        }
        book = book.with(meters(List.of("b")));
        for (int hour = 0; hour < 6; hour++) {
            book.closeHour();
        }
        int before = bytes(book.parts());

        EnergyBook later = EnergyBook.restore(meters(List.of("b")), book.parts());

        assertThat(bytes(later.parts())).isLessThan(before);
        assertThat(later.registersMilliwattHours()).isEqualTo(300 + 7_200);
        assertThat(later.openMilliwattHours()).isZero();
        assertThat(later.restatements()).isEmpty();
        EnergyBook again = EnergyBook.restore(meters(List.of("b", "a")), later.parts());
        assertThat(again.registersMilliwattHours()).isEqualTo(300 + 7_200);
        show(again, 1, 361 * MINUTE, 90_000);
        show(again, 1, 362 * MINUTE, 90_010);
        assertThat(again.registersMilliwattHours()).isEqualTo(300 + 7_200 + 10);
    }

    @Test
    void a_meter_that_left_and_never_spoke_is_forgotten() {
        EnergyBook changed = new EnergyBook(meters(List.of("a", "b"))).with(meters(List.of("b")));

        assertThat(bytes(changed.parts())).isEqualTo(bytes(new EnergyBook(meters(List.of("b"))).parts()));
    }

    @Test
    void a_meter_that_left_is_kept_while_a_reading_of_it_lies_in_hours_that_can_be_restated() {
        EnergyBook book = new EnergyBook(meters(List.of("a", "b")));
        show(book, 0, 0, 0);
        show(book, 0, HOUR, 600);
        show(book, 1, 4 * HOUR, 0);
        book = book.with(meters(List.of("b")));
        for (int hour = 0; hour < 4; hour++) {
            book.closeHour(); // settled up to the end of the first, where it was read
        }

        EnergyBook later = EnergyBook.restore(meters(List.of("b")), book.parts());
        EnergyBook back = EnergyBook.restore(meters(List.of("b", "a")), later.parts());
        show(back, 1, 4 * HOUR + MINUTE, 700);

        assertThat(back.registersMilliwattHours()).as("its register went on").isEqualTo(700);
    }

    @Test
    void what_intervals_and_power_gave_is_remembered_of_a_meter_that_left_too() {
        EnergyBook book = new EnergyBook(meters(List.of("utility", "clamp", "b")));
        book.interval(0, 0, 10 * MINUTE, 800);
        book.power(1, 0, 3_600_000);
        show(book, 2, 0, 0);
        book = book.with(meters(List.of("b")));
        for (int hour = 0; hour < 5; hour++) {
            book.closeHour();
        }
        int before = bytes(book.parts());

        EnergyBook later = EnergyBook.restore(meters(List.of("b")), book.parts());

        assertThat(bytes(later.parts())).isLessThan(before);
        assertThat(later.registersMilliwattHours()).isEqualTo(800 + 180_000);
        assertThat(later.openMilliwattHours()).isZero();
    }

    @Test
    void parts_of_closed_hours_that_were_still_to_be_taken_back_are_taken_back_after_a_change_too() {
        EnergyBook book = new EnergyBook(meters(List.of("a", "b")));
        show(book, 0, 0, 0);
        show(book, 0, 59 * MINUTE, 590);
        book.power(1, 10 * MINUTE, 60_000);
        Map<String, byte[]> store = new HashMap<>();
        drain(book, store);
        for (int hour = 0; hour < 5; hour++) {
            book.closeHour();
        }

        EnergyBook changed = book.with(meters(List.of("b")));
        drain(changed, store);

        store.remove("age"); // of what was written last; no part of the book's own state
        assertThat(store.keySet())
                .containsExactlyInAnyOrderElementsOf(changed.parts().keySet());
        assertThat(store)
                .allSatisfy((key, bytes) ->
                        assertThat(bytes).as(key).isEqualTo(changed.parts().get(key)));
    }

    private static void give(EnergyBook book, int meter, int kind, long at, long register, Random random) {
        switch (kind) {
            case 3 -> book.interval(meter, Math.max(0, at - 60_000), at + 1, random.nextInt(3_000));
            case 4 -> book.power(meter, at, random.nextInt(1_000_000));
            default -> book.register(meter, at, register, random.nextInt(100_000));
        }
    }

    private static List<String> some(Random random) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        return names.subList(0, 1 + random.nextInt(names.size()));
    }

    private static int index(EnergyBook book, String name) {
        return book.meters().stream().map(MeterSpec::name).toList().indexOf(name);
    }

    private static void show(EnergyBook book, int meter, long at, long milliwattHours) {
        assertThat(book.register(meter, at, milliwattHours, EnergyBook.NO_POWER))
                .isEqualTo(Arrival.IN_TIME);
    }

    private static void publish(List<BookedHour> hours, Map<Long, BookedHour> newest) {
        hours.forEach(hour -> newest.put(hour.start().toEpochMilli(), hour));
    }

    private static long total(Map<Long, BookedHour> newest) {
        return newest.values().stream()
                .mapToLong(hour -> hour.energy().totalMilliwattHours())
                .sum();
    }

    private static void drain(EnergyBook book, Map<String, byte[]> store) {
        book.drainDirty((key, bytes) -> {
            if (bytes == null) {
                store.remove(key);
            } else {
                store.put(key, bytes);
            }
        });
    }

    private static int bytes(Map<String, byte[]> parts) {
        return parts.values().stream().mapToInt(part -> part.length).sum();
    }

    private static List<MeterSpec> meters(List<String> names) {
        return names.stream()
                .map(name -> new MeterSpec(name, 1_000_000_000_000L, 140_000, Duration.ofMinutes(1), 1))
                .toList();
    }
}
