package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes, in whatever order within the grace, and however often: a failure names its seed. */
class HallWindowsPropertyTest {
    private static final long START = 1_767_268_740_000L;

    private static final List<CoolingState> STATES = List.of(CoolingState.values());
    private static final List<@Nullable Double> FLOWS = Arrays.asList(1.5, 20.25, 700.125, 0.0, null);
    private static final List<Integer> INTERVALS = List.of(1, 1, 2, 5, 10, 40);

    private Hall hall = Sites.small().halls().getFirst();

    static LongStream seeds() {
        return LongStream.range(0, 250);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_order_and_any_repetition_within_the_grace_gives_the_batch_result(long seed) {
        Random random = new Random(seed);
        List<Reading> sorted = readings(random);
        Taken inOrder = run(sorted, random, false);
        Taken shuffled = run(disordered(sorted, random), random, false);
        HallOracle oracle = new HallOracle(hall, sorted);

        assertThat(shuffled.late).isZero();
        assertThat(shuffled.counted).isEqualTo(sorted.size());
        assertThat(shuffled.metrics).isEqualTo(inOrder.metrics);
        assertThat(shuffled.frames).isEqualTo(inOrder.frames);
        assertThat(shuffled.hours).isEqualTo(inOrder.hours);
        assertThat(shuffled.metrics).isNotEmpty().allSatisfy(oracle::check);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_restart_at_any_moment_changes_nothing(long seed) {
        Random random = new Random(seed);
        List<Reading> arrivals = disordered(readings(random), random);

        Taken restarted = run(arrivals, random, true);
        Taken straight = run(arrivals, random, false);

        assertThat(restarted.metrics).isEqualTo(straight.metrics);
        assertThat(restarted.frames).isEqualTo(straight.frames);
        assertThat(restarted.hours).isEqualTo(straight.hours);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void minutes_add_up_their_seconds_and_quarters_their_minutes(long seed) {
        Taken taken = run(readings(new Random(seed)), new Random(seed), false);
        TreeMap<Long, Double> secondsByMinute = new TreeMap<>();
        TreeMap<Long, Double> minutes = new TreeMap<>();
        taken.metrics.forEach(metrics -> {
            long start = metrics.window().start().toEpochMilli();
            double covered =
                    metrics.completeness() * metrics.window().resolution().millis();
            if (metrics.window().resolution() == Resolution.SECOND) {
                secondsByMinute.merge(Resolution.MINUTE.startMillis(start), covered, Double::sum);
            } else if (metrics.window().resolution() == Resolution.MINUTE) {
                minutes.put(start, covered);
            }
        });

        long last = secondsByMinute.lastKey(); // its last samples hold beyond the last second
        secondsByMinute.remove(last);
        minutes.tailMap(last).clear();

        assertThat(minutes.keySet()).isNotEmpty().isEqualTo(secondsByMinute.keySet());
        minutes.forEach((start, covered) ->
                assertThat(covered).isCloseTo(secondsByMinute.getOrDefault(start, -1.0), within(1e-6)));
    }

    /** About 80 s over the end of a minute: steady devices with jitter, lost readings, one that falls silent for a while, one that may be slow. */
    private List<Reading> readings(Random random) {
        int slow = INTERVALS.get(random.nextInt(INTERVALS.size()));
        hall = Sites.site("small")
                .halls(
                        "h01",
                        h -> h.racks("r001..r002")
                                .every(Duration.ofSeconds(slow))
                                .racks("r003")
                                .every(Duration.ofSeconds(1))
                                .crah("crah-1")
                                .chiller("chiller-1"))
                .build()
                .halls()
                .getFirst();
        List<Reading> readings = new ArrayList<>();
        int silentFrom = random.nextInt(60);
        for (int rack = 1; rack <= 3; rack++) {
            int phase = random.nextInt(1_000);
            long register = random.nextInt(1_000_000);
            int every = rack == 3 ? slow : 1;
            for (int i = 0; i < 80; i += every) {
                double amps = 10 + random.nextInt(90_000) / 1000.0;
                register += Math.round(amps * 240 * 3 / 3.6);
                boolean lost = random.nextInt(20) == 0 || (rack == 2 && i > silentFrom && i < silentFrom + 8);
                if (!lost) {
                    long at = START + i * 1_000L + phase + random.nextInt(40);
                    readings.add(
                            Readings.rack("h01", "r00" + rack, at, i / every, amps, register, 18 + random.nextInt(15)));
                }
            }
        }
        for (String unit : List.of("crah-1", "chiller-1")) {
            long register = 0;
            for (int i = 0; i < 80; i++) {
                double watts = random.nextInt(50_000);
                register += Math.round(watts / 3.6);
                CoolingState state = STATES.get(random.nextInt(STATES.size()));
                Double flow = FLOWS.get(random.nextInt(FLOWS.size()));
                double back = 18 + random.nextInt(14_000) / 1_000.0 - (random.nextInt(6) == 0 ? 14 : 0);
                Long water = unit.equals("chiller-1") ? (Long) (register / 1_000_000 * 1_000) : null;
                readings.add(Readings.unit(
                        "h01",
                        unit,
                        START + i * 1_000L + random.nextInt(50),
                        i,
                        watts,
                        register,
                        state,
                        back,
                        flow,
                        water));
            }
        }
        readings.sort(Comparator.comparing(Reading::at).thenComparing(Reading::device));
        return readings;
    }

    /** Delayed by up to 0.9 s each, some of them twice. Nobody waits for one who was silent: the first reading after a silence is not delayed. */
    private static List<Reading> disordered(List<Reading> sorted, Random random) {
        TreeMap<Long, Reading> arrivals = new TreeMap<>();
        Map<String, Instant> before = new HashMap<>();
        for (Reading reading : sorted) {
            Instant last = before.put(reading.device(), reading.at());
            boolean back = last == null
                    ? reading.at().toEpochMilli()
                            >= START + 1_100 // its first was lost: nobody waits for one never heard
                    : last.plusMillis(1_900).isBefore(reading.at());
            arrivals.put(back ? reading.at().toEpochMilli() * 1_000_000 : arrival(reading, random), reading);
            if (random.nextInt(5) == 0) {
                arrivals.put(arrival(reading, random), reading);
            }
        }
        return List.copyOf(arrivals.values());
    }

    private static long arrival(Reading reading, Random random) {
        return (reading.at().toEpochMilli() + random.nextInt(900)) * 1_000_000 + random.nextInt(1_000_000);
    }

    private Taken run(List<Reading> arrivals, Random random, boolean restarts) {
        Taken taken = new Taken();
        Map<String, byte[]> changelog = new HashMap<>();
        HallWindows windows = windows(taken);
        windows.apply(hall);
        long offset = 0;
        for (Reading reading : arrivals) {
            taken.count(give(windows, reading, offset++));
            if (restarts && random.nextInt(10) == 0) {
                HallState.drainDirty(windows, (key, bytes) -> {
                    if (bytes == null) {
                        changelog.remove(key);
                    } else {
                        changelog.put(key, bytes);
                    }
                });
                windows = windows(taken);
                HallState.restore(windows, hall, changelog);
            }
        }
        windows.end();
        return taken.withoutOffsets();
    }

    private HallWindows windows(Taken taken) {
        HallSettings settings = new HallSettings(2_000, 2_000, 3_600_000, false, "rack", "cooling");
        return new HallWindows(new SiteId("small"), hall, settings, taken);
    }

    private static Outcome give(HallWindows hall, Reading reading, long offset) {
        if (reading instanceof RackReading rack) {
            RackReport report = RackReports.of(rack);
            return hall.rack(report, 0, offset);
        }
        return hall.cooling((CoolingReading) reading, 0, offset);
    }

    /** All that a hall closed. */
    private static final class Taken implements HallOutput {
        final List<HallMetrics> metrics = new ArrayList<>();
        final List<RackFrame> frames = new ArrayList<>();
        final List<EnergyHour> hours = new ArrayList<>();
        int counted;
        int late;

        void count(Outcome outcome) {
            counted += outcome == Outcome.COUNTED ? 1 : 0;
            late += outcome == Outcome.LATE ? 1 : 0;
        }

        @Override
        public void racks(RackFrame frame, long newestReading) {
            frames.add(frame);
        }

        @Override
        public void hall(HallMetrics closed, long newestReading) {
            metrics.add(closed);
            assertThat(closed.quantities().get(Metric.HALL_IT_POWER)).isNotNull();
        }

        @Override
        public void hour(EnergyHour hour) {
            hours.add(hour);
        }

        /** Arrival in another order has other offsets; all else is to be the same. By resolution, since minutes wait for registers beside the seconds. */
        Taken withoutOffsets() {
            metrics.sort(Comparator.comparing(m -> m.window().resolution()));
            frames.sort(Comparator.comparing(f -> f.window().resolution()));
            hours.sort(Comparator.comparing(h -> h.subject().text()));
            hours.replaceAll(hour -> new EnergyHour(
                    hour.site(),
                    hour.subject(),
                    hour.start(),
                    hour.revision(),
                    hour.measuredMilliwattHours(),
                    hour.estimatedMilliwattHours(),
                    hour.metersExpected(),
                    hour.metersComplete(),
                    hour.carbonGramsPerKilowattHour(),
                    new EnergyHour.Evidence(
                            hour.evidence().readings(),
                            hour.evidence().firstAt(),
                            hour.evidence().lastAt(),
                            hour.evidence().meters(),
                            hour.evidence().events(),
                            List.of())));
            return this;
        }
    }
}
