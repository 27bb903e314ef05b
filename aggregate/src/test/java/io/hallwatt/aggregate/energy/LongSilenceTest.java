package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.EnergyHour.RegisterEvent;
import io.hallwatt.contract.RegisterNote;
import io.hallwatt.contract.property.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** A meter that comes back after more hours than its readings can restate: each hour of the silence gets its part of the straight line (ADR 13). */
class LongSilenceTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final MeterSpec METER = named("r001/A");

    private final Map<Long, BookedHour> ledger = new TreeMap<>();
    private EnergyBook book = new EnergyBook(List.of(METER));

    @Test
    void each_hour_of_two_days_gets_what_flowed_in_it_and_no_more() {
        for (long at = 0; at < HOUR; at += MINUTE) {
            show(at);
        }
        close(49);
        assertThat(booked(10 * HOUR).energy()).isEqualTo(new Energy(0, 0, 1, 0));

        show(49 * HOUR + 10 * MINUTE);
        give(book.restatements());

        for (long hour = 1; hour < 49; hour++) {
            BookedHour one = booked(hour * HOUR);
            assertThat(one.energy()).as("hour %d", hour).isEqualTo(new Energy(0, 36_000_000, 1, 1));
            assertThat(one.revision()).isEqualTo(1);
            assertThat(one.events()).containsExactly(new RegisterEvent(RegisterNote.METER_GAP, 1));
            assertThat(one.meters()).extracting(span -> span.meter()).containsExactly("r001/A");
        }
        assertThat(booked(0).energy().totalMilliwattHours()).isEqualTo(36_000_000);
        assertThat(booked(0).energy().metersComplete()).isEqualTo(1);
        assertAddsUp();
        show(49 * HOUR + 11 * MINUTE);
        assertThat(book.restatements()).as("no part is given twice").isEmpty();
    }

    @Test
    void what_comes_late_after_a_silence_is_spread_over_all_of_it_too() {
        show(0);
        show(30 * MINUTE);
        close(20);

        assertThat(register(19 * HOUR + 30 * MINUTE)).isEqualTo(Arrival.RESTATES);
        give(book.restatements());

        for (long hour = 1; hour < 19; hour++) {
            assertThat(booked(hour * HOUR).energy()).as("hour %d", hour).isEqualTo(new Energy(0, 36_000_000, 1, 1));
        }
        assertThat(booked(19 * HOUR).energy()).isEqualTo(new Energy(0, 18_000_000, 1, 0));
        assertAddsUp();
    }

    @Test
    void a_meter_that_drew_nothing_is_known_to_have_drawn_nothing() {
        book.register(0, 0, 5_000, EnergyBook.NO_POWER);
        book.register(0, 30 * MINUTE, 5_000, EnergyBook.NO_POWER);
        close(10);

        book.register(0, 10 * HOUR + MINUTE, 5_000, EnergyBook.NO_POWER);
        give(book.restatements());

        assertThat(ledger.values()).extracting(BookedHour::energy).containsOnly(new Energy(0, 0, 1, 1));
    }

    @Test
    void after_a_restart_of_the_register_nothing_is_known_of_the_silence() {
        show(0);
        show(30 * MINUTE);
        close(10);
        BookedHour before = booked(2 * HOUR);

        book.register(0, 10 * HOUR + MINUTE, 100, EnergyBook.NO_POWER);
        book.register(0, 10 * HOUR + 2 * MINUTE, 200, EnergyBook.NO_POWER);
        give(book.restatements());

        assertThat(booked(2 * HOUR).energy()).isEqualTo(before.energy());
        assertAddsUp();
    }

    @Test
    void what_is_older_than_hours_are_kept_is_in_the_oldest_with_a_note() {
        show(0);
        show(30 * MINUTE);
        close(OlderHours.KEPT + 10);

        long end = (OlderHours.KEPT + 10) * HOUR;
        show(end);
        give(book.restatements());

        long oldest = 7 * HOUR;
        assertThat(booked(oldest - HOUR).revision()).isZero();
        assertThat(booked(oldest).energy().estimatedMilliwattHours()).isEqualTo(7 * 36_000_000L + 18_000_000);
        assertThat(booked(oldest).events()).contains(new RegisterEvent(RegisterNote.METER_GAP_BEFORE, 1));
        assertThat(booked(oldest + HOUR).energy().estimatedMilliwattHours()).isEqualTo(36_000_000);
        assertAddsUp();
    }

    @ParameterizedTest
    @Seeds(200)
    void hours_add_up_to_the_registers_and_none_gets_more_than_the_line_however_long_meters_are_silent(Random random) {
        List<MeterSpec> meters = List.of(named("a"), named("b"), named("c"));
        book = new EnergyBook(meters);
        Map<String, byte[]> store = new HashMap<>();
        long[] registers = new long[3];
        long[] silentUntil = new long[3];

        for (long at = 0; at < 60 * HOUR; at += 1 + random.nextInt(10 * 60_000)) {
            for (int meter = 0; meter < 3; meter++) {
                registers[meter] = at * 50_000 / 3_600; // 50 kW
                if (at >= silentUntil[meter] && random.nextInt(60) == 0) {
                    silentUntil[meter] = at + random.nextLong(random.nextBoolean() ? 30 * HOUR : HOUR);
                }
                if (at >= silentUntil[meter]) {
                    book.register(meter, at, registers[meter], EnergyBook.NO_POWER);
                }
            }
            if (random.nextInt(10) == 0) {
                give(book.restatements());
                drain(store);
                book = EnergyBook.restore(meters, store);
            }
            OptionalLong next = book.nextHour();
            while (next.isPresent() && next.getAsLong() + HOUR + 20 * MINUTE <= at) {
                give(List.of(book.closeHour()));
                give(book.restatements());
                next = book.nextHour();
            }
            if (random.nextInt(3) == 0) {
                give(book.restatements());
                assertAddsUp();
            }
        }

        give(book.restatements());
        assertAddsUp();
        assertThat(ledger.values())
                .allSatisfy(hour ->
                        assertThat(hour.energy().totalMilliwattHours()).isLessThanOrEqualTo(3 * 50_000_000L + 3));
        assertThat(ledger.values()).allSatisfy(hour -> {
            Energy energy = hour.energy();
            assertThat(energy.metersComplete()).isLessThanOrEqualTo(energy.metersExpected());
            if (energy.metersComplete() == 3) {
                assertThat(energy.totalMilliwattHours())
                        .as("all known of %s", hour)
                        .isGreaterThanOrEqualTo(3 * 50_000_000L - 3);
            }
        });
    }

    private BookedHour booked(long start) {
        return Objects.requireNonNull(ledger.get(start), "no such hour");
    }

    private void assertAddsUp() {
        long sum = ledger.values().stream()
                .mapToLong(hour -> hour.energy().totalMilliwattHours())
                .sum();
        assertThat(sum + book.openMilliwattHours()).isEqualTo(book.registersMilliwattHours());
    }

    private void show(long at) {
        assertThat(register(at)).isEqualTo(Arrival.IN_TIME);
    }

    /** 36 kW: 10 mWh a millisecond. */
    private Arrival register(long at) {
        return book.register(0, at, at * 10, EnergyBook.NO_POWER);
    }

    private void close(int hours) {
        while (book.nextHour().orElseThrow() < hours * HOUR) {
            give(List.of(book.closeHour()));
            give(book.restatements());
        }
    }

    private void give(List<BookedHour> hours) {
        for (BookedHour hour : hours) {
            BookedHour before = ledger.put(hour.start().toEpochMilli(), hour);
            assertThat(hour.revision()).isEqualTo(before == null ? 0 : before.revision() + 1);
        }
    }

    private void drain(Map<String, byte[]> store) {
        List<String> gone = new ArrayList<>();
        book.drainDirty((key, bytes) -> {
            if (bytes == null) {
                gone.add(key);
            } else {
                store.put(key, bytes);
            }
        });
        gone.forEach(store::remove);
    }

    private static MeterSpec named(String name) {
        return new MeterSpec(name, 4_294_967_296_000L, 140_000, Duration.ofSeconds(1), 1);
    }
}
