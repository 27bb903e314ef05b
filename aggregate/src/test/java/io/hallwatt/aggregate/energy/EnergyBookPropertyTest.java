package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.energy.RegisterStream.Shown;
import io.hallwatt.contract.property.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever comes, in whatever order: a failure names its seed. */
class EnergyBookPropertyTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    @ParameterizedTest
    @Seeds(500)
    void hours_equal_the_batch_oracle(Random random) {
        List<Shown> stream = RegisterStream.of(random, 4);
        EnergyBook book = book();
        give(book, disordered(stream, random));
        BatchOracle oracle = new BatchOracle(RegisterStream.METER, stream);

        List<BookedHour> hours = closeAll(book);

        assertThat(hours).isNotEmpty().allSatisfy(hour -> {
            long start = hour.start().toEpochMilli();
            assertThat(energies(hour.energy())).isEqualTo(oracle.window(start, start + HOUR));
        });
        assertThat(book.registersMilliwattHours()).isEqualTo(oracle.total());
        assertThat(book.restatements()).isEmpty();
    }

    @ParameterizedTest
    @Seeds(500)
    void minutes_and_quarters_equal_the_batch_oracle(Random random) {
        List<Shown> stream = RegisterStream.of(random, 2);
        EnergyBook book = book();
        give(book, disordered(stream, random));
        BatchOracle oracle = new BatchOracle(RegisterStream.METER, stream);
        long first = book.nextHour().orElseThrow();

        for (long start = first; start < first + 3 * HOUR; start += MINUTE) {
            assertThat(energies(book.window(start, start + MINUTE))).isEqualTo(oracle.window(start, start + MINUTE));
            if (start % (15 * MINUTE) == 0) {
                assertThat(energies(book.window(start, start + 15 * MINUTE)))
                        .isEqualTo(oracle.window(start, start + 15 * MINUTE));
            }
        }
    }

    @ParameterizedTest
    @Seeds(500)
    void any_order_and_any_repetition_gives_the_same_state(Random random) {
        List<Shown> stream = RegisterStream.of(random, 2);
        EnergyBook one = book();
        EnergyBook other = book();

        give(one, stream);
        give(other, disordered(stream, random));

        assertSameParts(one.parts(), other.parts());
        one.closeHour();
        other.closeHour();
        assertSameParts(one.parts(), other.parts());
    }

    @ParameterizedTest
    @Seeds(500)
    void hours_and_what_is_open_add_up_to_the_registers_however_late_readings_come(Random random) {
        EnergyBook book = mixedBook();
        Ledger ledger = new Ledger();

        for (Given given : mixed(random)) {
            given.to(book);
            if (random.nextInt(40) == 0) {
                ledger.book(book.restatements());
                assertThat(ledger.total() + book.openMilliwattHours()).isEqualTo(book.registersMilliwattHours());
            }
            OptionalLong next = book.nextHour();
            if (random.nextInt(20) == 0 && next.isPresent() && next.getAsLong() + HOUR <= given.at()) {
                ledger.book(List.of(book.closeHour()));
                ledger.book(book.restatements());
                assertThat(ledger.total() + book.openMilliwattHours()).isEqualTo(book.registersMilliwattHours());
            }
        }

        while (book.nextHour().orElseThrow() < book.knownUntil().orElseThrow()) {
            ledger.book(List.of(book.closeHour()));
            ledger.book(book.restatements());
        }
        assertThat(book.openMilliwattHours()).isZero();
        assertThat(ledger.total()).isEqualTo(book.registersMilliwattHours());
    }

    @ParameterizedTest
    @Seeds(500)
    void a_stop_and_a_restart_at_any_moment_change_nothing(Random random) {
        EnergyBook through = mixedBook();
        EnergyBook stopped = mixedBook();
        Map<String, byte[]> store = new TreeMap<>();
        boolean changesAlone = false;

        for (Given given : mixed(random)) {
            assertThat(given.to(stopped)).isEqualTo(given.to(through));
            OptionalLong next = through.nextHour();
            if (random.nextInt(20) == 0 && next.isPresent() && next.getAsLong() + HOUR <= given.at()) {
                assertThat(stopped.closeHour()).isEqualTo(through.closeHour());
                assertThat(stopped.restatements()).isEqualTo(through.restatements());
            }
            if (random.nextInt(3) == 0) {
                assertThat(stopped.restatements()).isEqualTo(through.restatements());
                stopped.drainDirty((key, bytes) -> {
                    if (bytes == null) {
                        store.remove(key);
                    } else {
                        store.put(key, bytes);
                    }
                });
                changesAlone |= store.keySet().stream().anyMatch(key -> key.startsWith("changes/"));
                if (random.nextInt(30) == 0) {
                    stopped = EnergyBook.restore(through.meters(), store);
                    assertSameParts(stopped.parts(), through.parts());
                }
            }
        }
        assertThat(changesAlone).as("some commit wrote changes alone").isTrue();

        assertThat(stopped.registersMilliwattHours()).isEqualTo(through.registersMilliwattHours());
        assertThat(stopped.openMilliwattHours()).isEqualTo(through.openMilliwattHours());
    }

    @ParameterizedTest
    @Seeds(500)
    void what_was_asked_before_changes_no_answer(Random random) {
        EnergyBook book = mixedBook();

        for (Given given : mixed(random)) {
            given.to(book);
            OptionalLong next = book.nextHour();
            if (random.nextInt(20) == 0 && next.isPresent() && next.getAsLong() + HOUR <= given.at()) {
                book.closeHour();
            }
            if (random.nextInt(40) == 0) {
                long start = book.nextHour().orElseThrow() + random.nextInt(90) * MINUTE;
                long end = start + (random.nextInt(3) == 0 ? 15 : 1) * MINUTE;
                long until = random.nextBoolean() ? Long.MAX_VALUE : end + random.nextInt(120_000);
                EnergyBook neverAsked = EnergyBook.restore(book.meters(), book.parts());
                assertThat(book.window(start, end, until)).isEqualTo(neverAsked.window(start, end, until));
            }
        }
    }

    /** A reading of one of the three kinds. */
    private record Given(int meter, long at, long start, long milliwattHours, int watts) {
        Arrival to(EnergyBook book) {
            if (start >= 0) {
                return book.interval(meter, start, at, milliwattHours);
            }
            return milliwattHours < 0
                    ? book.power(meter, at, watts * 1_000L)
                    : book.register(meter, at, milliwattHours, watts < 0 ? EnergyBook.NO_POWER : watts * 1_000L);
        }
    }

    /** Newest revision of each hour. */
    private static final class Ledger {
        private final Map<Long, BookedHour> hours = new TreeMap<>();

        void book(List<BookedHour> given) {
            for (BookedHour hour : given) {
                BookedHour before = hours.put(hour.start().toEpochMilli(), hour);
                assertThat(hour.revision()).isEqualTo(before == null ? 0 : before.revision() + 1);
                assertThat(hour.energy().measuredMilliwattHours()).isNotNegative();
                assertThat(hour.energy().estimatedMilliwattHours()).isNotNegative();
            }
        }

        long total() {
            return hours.values().stream()
                    .mapToLong(hour -> hour.energy().totalMilliwattHours())
                    .sum();
        }
    }

    private static EnergyBook mixedBook() {
        return new EnergyBook(List.of(
                RegisterStream.meter("register"),
                RegisterStream.meter("interval"),
                RegisterStream.meter("power"),
                RegisterStream.meter("late register")));
    }

    /** Registers, intervals, power, and power before registers, each reading a little late, some of them hours late. */
    private static List<Given> mixed(Random random) {
        List<Given> all = new ArrayList<>();
        for (Shown shown : RegisterStream.of(random, 9)) {
            all.add(new Given(0, shown.at(), -1, shown.milliwattHours(), shown.watts()));
        }
        long start = random.nextInt(3_600) * 1_000L;
        while (start < 9 * HOUR) {
            long end = start + 1_000L * (1 + random.nextInt(random.nextInt(10) == 0 ? 20_000 : 1_500));
            all.add(new Given(
                    1, end, random.nextInt(10) == 0 ? Math.max(0, start - 5_000) : start, random.nextInt(100_000), -1));
            start = end + (random.nextInt(4) == 0 ? random.nextInt(1_000) * 1_000L : 0);
        }
        for (long at = random.nextInt(5_000); at < 9 * HOUR; at += 1_000 + random.nextInt(20_000)) {
            all.add(new Given(2, at, -1, -1, random.nextInt(40_000)));
        }
        for (Shown shown : RegisterStream.of(random, 5)) {
            all.add(new Given(3, shown.at(), -1, -1, Math.max(0, shown.watts())));
            all.add(new Given(3, shown.at() + 4 * HOUR, -1, shown.milliwattHours(), shown.watts()));
        }
        Map<Long, List<Given>> byArrival = new TreeMap<>();
        for (Given given : all) {
            long delay = random.nextInt(30) == 0 ? random.nextLong(5 * HOUR) : random.nextInt(20_000);
            byArrival
                    .computeIfAbsent(given.at() + delay, at -> new ArrayList<>())
                    .add(given);
        }
        return byArrival.values().stream().flatMap(List::stream).toList();
    }

    private static EnergyBook book() {
        return new EnergyBook(List.of(RegisterStream.METER));
    }

    private static void give(EnergyBook book, List<Shown> readings) {
        for (Shown shown : readings) {
            book.register(0, shown.at(), shown.milliwattHours(), shown.watts() < 0 ? -1 : shown.watts() * 1_000L);
        }
    }

    private static List<Shown> disordered(List<Shown> stream, Random random) {
        List<Shown> shuffled = new ArrayList<>(stream);
        for (int i = 0; i < stream.size() / 5; i++) {
            shuffled.add(stream.get(random.nextInt(stream.size())));
        }
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static List<BookedHour> closeAll(EnergyBook book) {
        List<BookedHour> hours = new ArrayList<>();
        while (book.nextHour().orElseThrow() <= book.knownUntil().orElseThrow()) {
            hours.add(book.closeHour());
        }
        return hours;
    }

    private static long[] energies(Energy energy) {
        return new long[] {energy.measuredMilliwattHours(), energy.estimatedMilliwattHours()};
    }

    private static void assertSameParts(Map<String, byte[]> one, Map<String, byte[]> other) {
        assertThat(one.keySet()).isEqualTo(other.keySet());
        one.forEach((key, bytes) -> assertThat(bytes).as(key).isEqualTo(other.get(key)));
    }
}
