package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.energy.RegisterStream.Shown;
import io.hallwatt.contract.property.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * When all has come, the newest revisions are what a batch over the sorted readings gives, though hours were closed long before: with restarts, gaps, wraps, false
 * values, and readings that come up to an hour after others. A failure names its seed.
 */
class LateSplitsPropertyTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final int HOURS = 5;

    /** Two in a row, and what comes an hour late, end before an hour can be restated no longer. */
    private static final int LONGEST_GAP = 40 * 60_000;

    /** A reading and when it comes, epoch ms. */
    private record Sent(Shown shown, long arrives) {}

    /** Newest revision of each hour, and the readings that count. */
    private static final class Ledger {
        private final MeterSpec meter;
        private final Revisions revisions = new Revisions();
        private final List<Shown> taken = new ArrayList<>();
        private final List<Shown> late = new ArrayList<>();
        private final Set<Shown> refused = new HashSet<>();
        private final TreeSet<Long> times = new TreeSet<>();
        private EnergyBook book;

        Ledger(MeterSpec meter) {
            this.meter = meter;
            book = new EnergyBook(List.of(meter));
        }

        void take(List<Sent> sent, Random random) {
            for (Sent one : sent) {
                revisions.closeUntil(one.arrives(), book);
                Shown shown = one.shown();
                Arrival arrival = book.register(
                        0,
                        shown.at(),
                        shown.milliwattHours(),
                        shown.watts() < 0 ? EnergyBook.NO_POWER : shown.watts() * 1_000L);
                times.add(shown.at());
                if (arrival == Arrival.LATE) {
                    refused.add(shown);
                } else {
                    taken.add(shown);
                }
                if (arrival == Arrival.LATE || arrival == Arrival.RESTATES) {
                    late.add(shown);
                }
                if (random.nextInt(50) == 0) {
                    revisions.take(book.restatements());
                    assertThat(revisions.total() + book.openMilliwattHours()).isEqualTo(book.registersMilliwattHours());
                }
                if (random.nextInt(1_000) == 0) {
                    book = EnergyBook.restore(List.of(meter), book.parts());
                }
            }
            while (book.nextHour().orElseThrow() <= book.knownUntil().orElseThrow()) {
                revisions.take(List.of(book.closeHour()));
            }
            revisions.take(book.restatements());
        }

        /** Late readings that are the first or the last of their minute, and so can make a difference. */
        List<Shown> lateEnds() {
            return late.stream()
                    .filter(shown -> {
                        long minute = shown.at() / MINUTE;
                        Long before = times.lower(shown.at());
                        Long after = times.higher(shown.at());
                        return before == null || after == null || before / MINUTE < minute || after / MINUTE > minute;
                    })
                    .toList();
        }

        /** Those of them that were refused: for what they would make doubtful, or as they came after what is known to have grown. */
        List<Shown> refusedEnds() {
            return lateEnds().stream().filter(refused::contains).toList();
        }

        void equalsBatchOver(List<Shown> readings) {
            BatchOracle oracle = new BatchOracle(meter, readings);
            assertThat(revisions.total()).isEqualTo(oracle.total());
            revisions.hours.forEach((start, hour) -> {
                assertThat(new long[] {
                            hour.energy().measuredMilliwattHours(),
                            hour.energy().estimatedMilliwattHours()
                        })
                        .as("%s", hour)
                        .isEqualTo(oracle.window(start, start + HOUR));
                assertThat(hour.energy().metersComplete() == 1)
                        .as("complete: %s", hour)
                        .isEqualTo(oracle.complete(start, start + HOUR));
            });
        }
    }

    @ParameterizedTest
    @Seeds(300)
    void buffers_that_come_after_their_hours_give_what_order_gives(Random random) {
        TrueFlow flow = new TrueFlow(random, HOURS, 4_294_967_296_000L, true, LONGEST_GAP, HOUR);

        takesAsInOrder(flow, random);
    }

    @ParameterizedTest
    @Seeds(300)
    void a_small_register_that_turns_in_a_gap_is_known_once_its_buffer_has_come(Random random) {
        TrueFlow flow = new TrueFlow(random, HOURS, 5_000_000, true, LONGEST_GAP, HOUR);

        takesAsInOrder(flow, random);
    }

    /** All of it, each reading when it arrives. */
    private static void takesAsInOrder(TrueFlow flow, Random random) {
        List<Sent> sent = new ArrayList<>();
        List<Shown> all = new ArrayList<>();
        for (TrueFlow.Told told : flow.told) {
            Shown shown = new Shown(told.at(), told.milliwattHours(), told.watts());
            all.add(shown);
            sent.add(new Sent(shown, told.arrives()));
        }
        Ledger ledger = new Ledger(flow.meter);

        ledger.take(sent, random);

        ledger.equalsBatchOver(all);
    }

    @ParameterizedTest
    @Seeds(300)
    void whatever_comes_in_whatever_order_what_was_taken_gives_what_order_gives(Random random) {
        List<Shown> stream = RegisterStream.of(random, HOURS, LONGEST_GAP);
        List<Sent> sent = new ArrayList<>();
        long late = 0; // until then all comes late
        for (Shown shown : stream) {
            if (shown.at() > late && random.nextInt(400) == 0) {
                late = shown.at() + random.nextInt(20) * MINUTE;
            }
            boolean waits = shown.at() < late || random.nextInt(50) == 0;
            sent.add(new Sent(shown, shown.at() + (waits ? random.nextLong(HOUR) : random.nextInt(20_000))));
        }
        Collections.shuffle(sent, random);
        sent.sort((one, other) -> Long.compare(one.arrives(), other.arrives()));
        Ledger ledger = new Ledger(RegisterStream.METER);

        ledger.take(sent, random);

        ledger.equalsBatchOver(ledger.taken);
        assertThat(ledger.refusedEnds())
                .as("of %d late", ledger.lateEnds().size())
                .hasSizeLessThan(5 + ledger.lateEnds().size() / 7);
    }
}
