package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.RegisterNote;
import io.hallwatt.contract.property.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The hours of a stream, as they stand in the end, against what truly flowed: no oracle that could share a fault. Where an hour is complete and nothing in it is
 * estimated, it is true; where something is estimated, the sum is true and its spread is not; where it is not complete, it says at least no more than flowed.
 */
class TrueEnergyTest {
    private static final long HOUR = 3_600_000;
    private static final long SMALL = 5_000_000; // 5 kWh: 40 kW can wrap it in under seven minutes
    private static final long LARGE = 4_294_967_296_000L;

    /** Between two readings around a boundary power may change, and a register shows whole counts. */
    private static final long NEAR = 2L * TrueFlow.MOST_WATTS * 10_000 / 3_600 / 4;

    @ParameterizedTest
    @Seeds(300)
    void a_small_register_that_wraps_while_nobody_reads_it_is_true_or_flagged(Random random) {
        TrueFlow flow = new TrueFlow(random, 10, SMALL, false);

        hold(ledger(flow, random), flow);
    }

    @ParameterizedTest
    @Seeds(300)
    void a_small_register_that_restarts_too_is_true_or_flagged(Random random) {
        TrueFlow flow = new TrueFlow(random, 10, SMALL, true);

        hold(ledger(flow, random), flow);
    }

    @ParameterizedTest
    @Seeds(300)
    void a_large_register_is_true_to_the_count_over_every_silence(Random random) {
        TrueFlow flow = new TrueFlow(random, 10, LARGE, false);

        hold(ledger(flow, random), flow);
    }

    @ParameterizedTest
    @Seeds(300)
    void a_large_register_that_restarts_is_true_or_flagged(Random random) {
        TrueFlow flow = new TrueFlow(random, 10, LARGE, true);

        hold(ledger(flow, random), flow);
    }

    private static void hold(List<BookedHour> hours, TrueFlow flow) {
        long booked = 0; // since the last hour of which all is known
        long flowed = 0;
        boolean whole = false;
        for (BookedHour hour : hours) {
            Energy energy = hour.energy();
            long start = hour.start().toEpochMilli();
            long truth = flow.between(start, start + HOUR);
            booked += energy.totalMilliwattHours();
            flowed += truth;
            whole &= energy.metersComplete() == 1;
            long near = NEAR + unseen(flow, start);
            assertThat(energy.measuredMilliwattHours())
                    .as("measured of %s", hour)
                    .isLessThanOrEqualTo(truth + near);
            if (energy.metersComplete() == 1 && energy.estimatedMilliwattHours() == 0) {
                assertThat(energy.measuredMilliwattHours())
                        .as("complete and measured: %s", hour)
                        .isBetween(truth - near, truth + near);
                boolean proved = flow.restarts.isEmpty() && !ambiguous(hours);
                if (proved) {
                    assertThat(booked)
                            .as("since the last hour that was so, to %s", hour)
                            .isBetween(whole ? flowed - NEAR : 0, flowed + NEAR);
                }
                booked = 0;
                flowed = 0;
                whole = true;
            }
        }
    }

    /** A small register that starts again may look as if it wrapped: at most once round. A large one cannot. */
    private static long unseen(TrueFlow flow, long start) {
        long near = flow.restarts.stream()
                .filter(at -> at > start - HOUR && at < start + 2 * HOUR)
                .count();
        return flow.meter.modulusMilliwattHours() == SMALL ? near * SMALL : 0;
    }

    private static boolean ambiguous(List<BookedHour> hours) {
        return hours.stream()
                .flatMap(hour -> hour.events().stream())
                .anyMatch(event -> event.note() == RegisterNote.METER_AMBIGUOUS);
    }

    /** Newest revision of each hour. */
    private static List<BookedHour> ledger(TrueFlow flow, Random random) {
        EnergyBook book = new EnergyBook(List.of(flow.meter));
        Map<Long, BookedHour> ledger = new TreeMap<>();
        long grace = random.nextLong(2 * HOUR);
        for (TrueFlow.Told told : flow.told) {
            OptionalLong next = book.nextHour();
            while (next.isPresent() && next.getAsLong() + HOUR + grace <= told.arrives()) {
                book(ledger, List.of(book.closeHour()));
                book(ledger, book.restatements());
                next = book.nextHour();
            }
            book.register(
                    0,
                    told.at(),
                    told.milliwattHours(),
                    told.watts() < 0 ? EnergyBook.NO_POWER : told.watts() * 1_000L);
            book(ledger, book.restatements());
        }
        while (book.nextHour().orElseThrow() <= book.knownUntil().orElseThrow()) {
            book(ledger, List.of(book.closeHour()));
            book(ledger, book.restatements());
        }
        return new ArrayList<>(ledger.values());
    }

    private static void book(Map<Long, BookedHour> ledger, List<BookedHour> hours) {
        hours.forEach(hour -> ledger.put(hour.start().toEpochMilli(), hour));
    }
}
