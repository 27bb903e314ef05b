package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.energy.PowerOracle.Sample;
import io.hallwatt.contract.property.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * A device that tells only its power: when all has come, the newest revisions are what a batch over all samples gives, though hours were closed long before. Silences,
 * samples that never come, samples and buffers that come up to an hour after others and in any order, twice, and stops in between. A failure names its seed.
 */
class LatePowerPropertyTest {
    private static final long HOUR = 3_600_000;
    private static final int HOURS = 5;
    private static final long INTERVAL = 20_000;
    private static final MeterSpec METER = new MeterSpec("clamp", 0, 40_000, Duration.ofMillis(INTERVAL), 1);

    /** A sample and when it comes, epoch ms. */
    private record Sent(Sample sample, long arrives) {}

    /** Newest revision of each hour, and the samples that were refused though they had not come before. */
    private static final class Ledger {
        private final Revisions revisions = new Revisions();
        private final Map<String, byte[]> store = new HashMap<>();
        private final Set<Sample> taken = new HashSet<>();
        private final List<Sample> refused = new ArrayList<>();
        private int restated;
        private EnergyBook book = new EnergyBook(List.of(METER));

        void take(List<Sent> sent, Random random) {
            for (Sent one : sent) {
                revisions.closeUntil(one.arrives(), book);
                Sample sample = one.sample();
                Arrival arrival = book.power(0, sample.at(), sample.milliwatts());
                restated += arrival == Arrival.RESTATES ? 1 : 0;
                if (arrival != Arrival.LATE) {
                    taken.add(sample);
                } else if (!taken.contains(sample)) {
                    refused.add(sample);
                }
                if (random.nextInt(20) == 0) {
                    revisions.take(book.restatements());
                    assertThat(revisions.total() + book.openMilliwattHours()).isEqualTo(book.registersMilliwattHours());
                }
                if (random.nextInt(20) == 0) {
                    commit();
                }
                if (random.nextInt(200) == 0) {
                    commit();
                    book = EnergyBook.restore(List.of(METER), store);
                }
            }
            while (book.nextHour().orElseThrow() < book.knownUntil().orElseThrow()) {
                revisions.take(List.of(book.closeHour()));
            }
            revisions.take(book.restatements());
        }

        private void commit() {
            book.drainDirty((key, bytes) -> {
                if (bytes == null) {
                    store.remove(key);
                } else {
                    store.put(key, bytes);
                }
            });
        }

        void equalsBatchOver(Set<Sample> samples) {
            PowerOracle oracle = new PowerOracle(METER, samples);
            assertThat(revisions.total()).isEqualTo(oracle.until(Long.MAX_VALUE));
            revisions.hours.forEach((start, hour) -> {
                assertThat(hour.energy().measuredMilliwattHours())
                        .as("%s", hour)
                        .isEqualTo(oracle.energy(start, start + HOUR));
                assertThat(hour.energy().metersComplete() == 1)
                        .as("complete: %s", hour)
                        .isEqualTo(oracle.complete(start, start + HOUR));
            });
        }
    }

    @ParameterizedTest
    @Seeds(300)
    void samples_that_come_after_their_hours_give_what_order_gives(Random random) {
        List<Sent> sent = new ArrayList<>();
        Set<Sample> all = new HashSet<>();
        for (Sample sample : inTime(random, (int) INTERVAL * 8 / 10, (int) INTERVAL * 4 / 10)) {
            all.add(sample);
            sent.add(new Sent(sample, sample.at()));
        }

        Ledger ledger = new Ledger();
        ledger.take(disordered(sent, random), random);

        assertThat(ledger.refused).isEmpty();
        ledger.equalsBatchOver(all);
    }

    /** Three samples in ten are so near to the one before that none would be looked for between those around them, and some contradict another of their instant. */
    @ParameterizedTest
    @Seeds(300)
    void whatever_comes_at_whatever_times_what_was_taken_gives_what_order_gives(Random random) {
        List<Sent> sent = new ArrayList<>();
        for (Sample sample : inTime(random, 1_000, (int) INTERVAL * 2)) {
            sent.add(new Sent(sample, sample.at()));
            if (random.nextInt(50) == 0) {
                sent.add(new Sent(new Sample(sample.at(), random.nextInt(40_000_000)), sample.at()));
            }
        }

        Ledger ledger = new Ledger();
        ledger.take(disordered(sent, random), random);

        ledger.equalsBatchOver(ledger.taken);
        assertThat(ledger.refused).as("of %d restating", ledger.restated).hasSizeLessThan(12 + ledger.restated / 4);
    }

    /** In order, with silences of which nothing ever comes, across hours too. */
    private static List<Sample> inTime(Random random, int shortest, int spread) {
        List<Sample> samples = new ArrayList<>();
        long at = random.nextInt((int) HOUR);
        long end = at + HOURS * HOUR;
        while (at < end) {
            samples.add(new Sample(at, random.nextInt(40_000_000)));
            at += shortest + random.nextInt(spread) + (random.nextInt(100) == 0 ? random.nextLong(HOUR) : 0);
        }
        return samples;
    }

    /** By arrival: one in fifty up to an hour late; now and then a whole buffer, of the first minutes too, in order, backwards or in any order; some twice. */
    private static List<Sent> disordered(List<Sent> stream, Random random) {
        List<Sent> sent = new ArrayList<>();
        long until = stream.getFirst().sample().at() + random.nextLong(HOUR / 2); // until then all is kept back
        long sentAt = until + random.nextLong(HOUR / 2);
        int order = random.nextInt(3);
        for (Sent one : stream) {
            long at = one.sample().at();
            if (at >= until && random.nextInt(150) == 0) {
                until = at + random.nextLong(HOUR / 2);
                sentAt = until + random.nextLong(HOUR / 2);
                order = random.nextInt(3);
            }
            long arrives = at + random.nextInt(2_000);
            if (at < until) {
                long place = (at - until) / 60_000;
                arrives = sentAt + (order == 0 ? place : order == 1 ? -place : random.nextInt(100));
            } else if (random.nextInt(50) == 0) {
                arrives = at + random.nextLong(HOUR);
            }
            sent.add(new Sent(one.sample(), arrives));
            if (random.nextInt(20) == 0) {
                sent.add(new Sent(one.sample(), arrives + random.nextLong(HOUR)));
            }
        }
        Collections.shuffle(sent, random);
        sent.sort(Comparator.comparingLong(Sent::arrives));
        return sent;
    }
}
