package io.hallwatt.aggregate.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hallwatt.aggregate.energy.Arrival;
import io.hallwatt.aggregate.energy.BatchOracle;
import io.hallwatt.aggregate.energy.EnergyBook;
import io.hallwatt.aggregate.energy.MeterSpec;
import io.hallwatt.aggregate.energy.PowerOracle;
import io.hallwatt.aggregate.energy.PowerOracle.Sample;
import io.hallwatt.aggregate.energy.RegisterStream;
import io.hallwatt.aggregate.energy.RegisterStream.Shown;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergyHour.MeterSpan;
import io.hallwatt.contract.EnergyHour.OffsetRange;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.property.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Who has an hour's record and the topic's records that its evidence names, and nothing else, can compute the hour anew: by the batch oracle, to the milliwatt-hour. Readings with
 * restarts, gaps, wraps and false values, some of them late, with stops in between. A failure names its seed.
 */
class EvidencePropertyTest {
    private static final long HOUR = 3_600_000;
    private static final int HOURS = 5;
    private static final int LONGEST_GAP = 40 * 60_000;
    private static final String TOPIC = "rack.readings";
    private static final List<MeterSpec> METERS =
            List.of(RegisterStream.meter("a"), RegisterStream.meter("b"), RegisterStream.meter("clamp"));
    private static final int CLAMP = 2;

    /** A record of the topic, and when it was read. */
    private record Sent(int meter, Shown shown, long arrives) {
        int partition() {
            return meter == 0 ? 0 : 1;
        }
    }

    /** Where it stands in the topic. */
    private record Place(int partition, long offset) {}

    private final Map<Place, Sent> topic = new HashMap<>();
    private final Set<Sent> refused = new HashSet<>();
    private final Map<Instant, EnergyHour> newest = new TreeMap<>();
    private EnergyAccount account = empty();

    @ParameterizedTest
    @Seeds(300)
    void the_records_that_an_hour_names_give_the_hour(Random random) {
        startAnew();

        take(sent(random), random);

        assertThat(newest).hasSizeGreaterThan(3);
        newest.values().forEach(this::givesItself);
        assertThat(newest.values().stream().flatMap(hour -> hour.evidence().meters().stream()))
                .as("beyond an hour's ends")
                .anyMatch(span -> span.readFrom() != null)
                .anyMatch(span -> span.readUntil() != null);
    }

    /** The smallest failing case is looked for with this same object. */
    private void startAnew() {
        topic.clear();
        refused.clear();
        newest.clear();
        account = empty();
        account.meters(METERS, Long.MIN_VALUE);
    }

    private void givesItself(EnergyHour hour) {
        long start = hour.start().toEpochMilli();
        long measured = 0;
        for (MeterSpan span : hour.evidence().meters()) {
            List<Shown> readings = named(hour, span);
            measured += span.measuredMilliwattHours();
            if (span.meter().equals("clamp")) {
                List<Sample> samples = readings.stream()
                        .map(shown -> new Sample(shown.at(), shown.watts() * 1_000L))
                        .toList();
                // A whole milliwatt-hour is booked when it is full: what is left of one when the hour begins is in no
                // record.
                assertThat(new PowerOracle(METERS.get(CLAMP), samples).energy(start, start + HOUR))
                        .as("%s of %s", span, hour)
                        .isCloseTo(span.measuredMilliwattHours(), within(1L));
            } else {
                assertThat(new BatchOracle(METERS.getFirst(), readings).window(start, start + HOUR))
                        .as("%s of %s", span, hour)
                        .containsExactly(span.measuredMilliwattHours(), span.estimatedMilliwattHours());
            }
        }
        assertThat(measured).isEqualTo(hour.measuredMilliwattHours());
    }

    /** What is found of a meter at the hour's offsets, from where to where the hour says. */
    private List<Shown> named(EnergyHour hour, MeterSpan span) {
        long from = millis(span.readFrom(), hour.start().toEpochMilli());
        long until = millis(span.readUntil(), hour.end().toEpochMilli() - 1);
        List<Shown> readings = new ArrayList<>();
        topic.forEach((place, sent) -> {
            boolean at = hour.evidence().offsets().stream().anyMatch(range -> holds(range, place));
            boolean ofMeter = METERS.get(sent.meter()).name().equals(span.meter());
            long time = sent.shown().at();
            if (at && ofMeter && time >= from && time <= until && !refused.contains(sent)) {
                readings.add(sent.shown());
            }
        });
        return readings;
    }

    private static boolean holds(OffsetRange range, Place place) {
        return range.partition() == place.partition() && range.from() <= place.offset() && place.offset() <= range.to();
    }

    private static long millis(@Nullable Instant at, long otherwise) {
        return at == null ? otherwise : at.toEpochMilli();
    }

    private void take(List<Sent> all, Random random) {
        Map<String, byte[]> store = new HashMap<>();
        for (Sent sent : all) {
            closeUntil(sent.arrives());
            Place place = new Place(sent.partition(), topic.size());
            topic.put(place, sent);
            Arrival arrival = give(sent);
            if (arrival == Arrival.LATE) {
                refused.add(sent);
            }
            account.evidence(arrival, sent.shown().at(), place.partition(), place.offset());
            if (random.nextInt(200) == 0) {
                account.restate(null, this::publish);
            }
            if (random.nextInt(500) == 0) {
                account.drainDirty((key, bytes) -> {
                    if (bytes == null) {
                        store.remove(key);
                    } else {
                        store.put(key, bytes);
                    }
                });
                account = empty();
                account.restore(METERS, store);
            }
        }
        account.closeHours(account.lastHourEnd(), this::publish);
        account.restate(null, this::publish);
    }

    private void closeUntil(long now) {
        OptionalLong next = account.book().nextHour();
        if (next.isPresent() && next.getAsLong() + HOUR <= now) {
            account.closeHours(now, this::publish);
        }
        account.restate(null, this::publish);
    }

    private void publish(EnergyHour hour) {
        newest.put(hour.start(), hour);
    }

    private Arrival give(Sent sent) {
        Shown shown = sent.shown();
        EnergyBook book = account.book();
        if (sent.meter() == CLAMP) {
            return book.power(CLAMP, shown.at(), shown.watts() * 1_000L);
        }
        return book.register(
                sent.meter(),
                shown.at(),
                shown.milliwattHours(),
                shown.watts() < 0 ? EnergyBook.NO_POWER : shown.watts() * 1_000L);
    }

    private static List<Sent> sent(Random random) {
        List<Sent> all = new ArrayList<>();
        for (int meter = 0; meter < METERS.size(); meter++) {
            for (Shown shown : RegisterStream.of(random, HOURS, LONGEST_GAP)) {
                long delay = random.nextInt(50) == 0 ? random.nextLong(HOUR) : random.nextInt(20_000);
                if (meter != CLAMP || shown.watts() >= 0) {
                    all.add(new Sent(meter, shown, shown.at() + delay));
                }
            }
        }
        Collections.shuffle(all, random);
        all.sort(Comparator.comparingLong(Sent::arrives));
        return all;
    }

    private static EnergyAccount empty() {
        return new EnergyAccount(new SiteId("small"), new EnergySubject.HallIt(new HallId("h01")), TOPIC, true);
    }
}
