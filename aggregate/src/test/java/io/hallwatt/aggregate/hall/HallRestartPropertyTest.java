package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.property.Seeds;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * A hall large enough that most commits write only what changed, in live and in event time: one runs on, its twin is restarted again and again from what was written. Whatever comes (late and lost readings,
 * repetitions, silence, the wall clock, other site models, a hall that leaves, the end of the input), both say the same.
 */
class HallRestartPropertyTest {
    private static final int RACKS = 14;
    private static final int STEPS = 500;

    /** Commits that wrote all, and that wrote what changed. */
    private static final AtomicInteger WHOLE = new AtomicInteger();

    private static final AtomicInteger CHANGES = new AtomicInteger();

    @AfterAll
    static void both_ways_of_writing_were_met() {
        assertThat(WHOLE.get()).isGreaterThan(CHANGES.get() / 50);
        assertThat(CHANGES.get()).isGreaterThan(WHOLE.get() / 50);
    }

    @ParameterizedTest
    @Seeds(500)
    void who_is_restarted_says_the_same_as_who_runs_on(Random random) {
        boolean live = random.nextBoolean();
        int commitsIn = 1 + random.nextInt(random.nextInt(4) == 3 ? 150 : 12); // up to many seconds in one
        int restartsIn = 1 + random.nextInt(6);
        Twins twins = new Twins(live, model(random));
        long[] sequences = new long[RACKS + 1];
        long now = Taken.START - 20_000 + random.nextInt(10_000);
        for (int step = 0; step < STEPS; step++) {
            now += pause(random);
            int device = random.nextInt(RACKS + 1);
            long at = now - (random.nextInt(12) == 11 ? random.nextInt(4_000) : random.nextInt(300));
            sequences[device] += random.nextInt(15) == 14 ? 2 : 1;
            twins.speak(device, at, sequences[device], random);
            if (random.nextInt(10) == 9) {
                twins.speak(device, at, sequences[device], random);
            }
            if (live && random.nextInt(5) == 4) {
                twins.closeThrough(now - 2_000);
            }
            if (random.nextInt(150) == 149) {
                twins.change(random.nextInt(3) == 2 ? null : model(random));
            }
            if (random.nextInt(400) == 399) {
                twins.end();
            }
            if (random.nextInt(commitsIn) == 0) {
                twins.commit(random.nextInt(restartsIn) == 0);
            }
        }
        twins.end();
        twins.compare();
    }

    /** Mostly so that each device speaks about once a second; now and then nobody does, for seconds or for minutes. */
    private static long pause(Random random) {
        if (random.nextInt(120) == 119) {
            return random.nextInt(random.nextInt(3) == 2 ? 1_200_000 : 9_000);
        }
        return random.nextInt(2_000 / RACKS);
    }

    private static Hall model(Random random) {
        int first = 1 + random.nextInt(3);
        int last = RACKS - random.nextInt(4);
        return Sites.site("small")
                .halls(
                        "h01",
                        h -> h.racks("r0%02d..r0%02d".formatted(first, last)).crah("crah-1"))
                .build()
                .halls()
                .getFirst();
    }

    /** One that runs on, and one that is restarted. */
    private static final class Twins {
        private final HallSettings settings;
        private final Taken straightSaid = new Taken();
        private final Taken restartedSaid = new Taken();
        private final HallWindows straight;
        private final Map<String, byte[]> store = new HashMap<>();
        private HallWindows restarted;
        private Hall last;
        private @Nullable Hall model;

        Twins(boolean live, Hall hall) {
            settings = new HallSettings(2_000, 2_000, 600_000, live, "rack", "cooling");
            straight = windows(hall, straightSaid);
            restarted = windows(hall, restartedSaid);
            last = hall;
            model = hall;
            straight.apply(hall);
            restarted.apply(hall);
        }

        private HallWindows windows(Hall hall, Taken said) {
            return new HallWindows(new SiteId("small"), hall, settings, said);
        }

        void speak(int device, long at, long sequence, Random random) {
            double amps = 5 + random.nextInt(10);
            long register = (at - Taken.START + 100_000_000) / 7;
            assertThat(speak(restarted, device, at, sequence, amps, register))
                    .isEqualTo(speak(straight, device, at, sequence, amps, register));
        }

        private static Outcome speak(HallWindows hall, int device, long at, long sequence, double amps, long register) {
            if (device == RACKS) {
                return hall.cooling(
                        Readings.unit(
                                "h01",
                                "crah-1",
                                at,
                                sequence,
                                500 * amps,
                                register,
                                sequence % 3 == 0 ? CoolingState.STANDBY : CoolingState.RUNNING,
                                30,
                                1.0,
                                sequence % 2 == 0 ? register : null),
                        0,
                        sequence);
            }
            String rack = "r0%02d".formatted(device + 1);
            return hall.rack(
                    RackReports.of(Readings.rack("h01", rack, at, sequence, amps, register, 20 + amps / 10)),
                    0,
                    sequence);
        }

        void closeThrough(long limit) {
            straight.closeThrough(limit);
            restarted.closeThrough(limit);
        }

        void change(@Nullable Hall hall) {
            model = hall;
            if (hall == null) {
                straight.leave();
                restarted.leave();
            } else {
                last = hall;
                straight.apply(hall);
                restarted.apply(hall);
            }
        }

        void end() {
            straight.end();
            restarted.end();
        }

        void commit(boolean restart) {
            HallState.drainDirty(restarted, (key, bytes) -> {
                WHOLE.addAndGet(key.equals("spans") ? 1 : 0);
                CHANGES.addAndGet(key.startsWith("changes/") ? 1 : 0);
                if (bytes == null) {
                    store.remove(key);
                } else {
                    store.put(key, bytes);
                }
            });
            if (restart) {
                restarted = windows(last, restartedSaid);
                HallState.restore(restarted, model, store);
            }
        }

        void compare() {
            assertThat(restartedSaid.metrics).isEqualTo(straightSaid.metrics);
            assertThat(restartedSaid.frames).isEqualTo(straightSaid.frames);
            assertThat(restartedSaid.revisions).isEqualTo(straightSaid.revisions);
        }
    }
}
