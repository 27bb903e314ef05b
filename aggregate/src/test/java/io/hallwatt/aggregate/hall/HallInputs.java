package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.UnitId;
import io.hallwatt.contract.site.AshraeClass;
import io.hallwatt.contract.site.CoolingKind;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Fluid;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.site.WaterMeter;
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
import org.jspecify.annotations.Nullable;

/**
 * A hall and what its devices said over the end of an hour, made up from a seed: racks with two feeds, one, or none in the model, of one phase or three, and
 * cooling of all kinds; readings with jitter, some lost, sensors that miss, a device that falls silent, registers that wrap and restart.
 *
 * @param readings in order of time, each once
 */
record HallInputs(Hall hall, List<Reading> readings) {
    static final long START = Instant.parse("2026-01-01T11:58:50Z").toEpochMilli();
    private static final int SECONDS = 85;

    private static final List<AshraeClass> CLASSES = List.of(AshraeClass.values());
    private static final List<CoolingState> STATES = List.of(CoolingState.values());
    private static final List<Integer> INTERVALS = List.of(1, 1, 2, 5, 10);
    private static final List<Double> BREAKERS = List.of(100.0, 63.0, 32.0, 16.0);
    /** Which units a hall has. */
    private static final List<List<CoolingKind>> COOLING = List.of(
            List.of(CoolingKind.CRAH, CoolingKind.CHILLER),
            List.of(CoolingKind.CRAH, CoolingKind.CRAH, CoolingKind.CHILLER, CoolingKind.CHILLER),
            List.of(CoolingKind.CRAH, CoolingKind.CDU),
            List.of(CoolingKind.CHILLER, CoolingKind.CHILLER),
            List.of(CoolingKind.CRAH, CoolingKind.CRAH, CoolingKind.CRAH),
            List.of());

    private static final List<@Nullable Double> RATED_FLOWS = Arrays.asList(null, 20.0, 9_000.0);
    private static final List<@Nullable Fluid> FLUIDS = Arrays.asList(null, null, Fluid.WATER, Fluid.PG25, Fluid.AIR);

    /** Litres that never wrap; a hundred litres a count; ten, and it wraps. */
    private static final List<@Nullable WaterMeter> WATER_METERS =
            Arrays.asList(null, new WaterMeter(Sites.MODULUS, 100_000), new WaterMeter(2_000_000, 10_000));

    static HallInputs of(Random random) {
        Hall hall = hall(random);
        List<Reading> readings = new ArrayList<>();
        for (Rack rack : hall.racks()) {
            boolean first = readings.isEmpty();
            Talk talk = first ? steady(random) : talk(rack.reportInterval(), random);
            readings.addAll(new RackTalk(rack, random).readings(talk));
        }
        for (CoolingUnit unit : hall.coolingUnits()) {
            Talk talk = talk(unit.reportInterval(), random);
            readings.addAll(new UnitTalk(unit, random).readings(talk));
        }
        readings.sort(Comparator.comparing(Reading::at).thenComparing(Reading::device));
        return new HallInputs(hall, List.copyOf(readings));
    }

    private static Hall hall(Random random) {
        List<Rack> racks = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 1; i <= count; i++) {
            int interval = i == 1 ? 1 : INTERVALS.get(random.nextInt(INTERVALS.size()));
            racks.add(rack("r00" + i, interval, random));
        }
        List<CoolingUnit> units = new ArrayList<>();
        for (CoolingKind kind : COOLING.get(random.nextInt(COOLING.size()))) {
            units.add(unit("u" + (units.size() + 1), kind, random));
        }
        return new Hall(
                new HallId("h01"),
                100_000,
                CLASSES.get(random.nextInt(CLASSES.size())),
                racks,
                units,
                20_000 + random.nextInt(200_000));
    }

    private static Rack rack(String id, int interval, Random random) {
        int phases = random.nextInt(6) == 5 ? 1 : 3;
        Feed a = new Feed(BREAKERS.get(random.nextInt(BREAKERS.size())), 240, phases);
        Feed b = random.nextInt(3) == 2
                ? new Feed(BREAKERS.get(random.nextInt(BREAKERS.size())), 230, random.nextInt(6) == 5 ? 1 : 3)
                : a;
        int without = random.nextInt(12); // one of the feeds, or both
        return new Rack(
                new RackId(id),
                "A",
                1,
                without == 9 || without == 11 ? null : a,
                without == 10 || without == 11 ? null : b,
                random.nextInt(4) == 3 ? 2_000_000 : Sites.MODULUS,
                random.nextInt(4) == 3 ? 100 : 1,
                Duration.ofSeconds(interval));
    }

    private static CoolingUnit unit(String id, CoolingKind kind, Random random) {
        return new CoolingUnit(
                new UnitId(id),
                kind,
                50_000 + 50_000 * random.nextInt(4),
                50_000,
                random.nextInt(4) == 3 ? 2_000_000 : Sites.MODULUS,
                1,
                Duration.ofSeconds(INTERVALS.get(random.nextInt(INTERVALS.size()))),
                FLUIDS.get(random.nextInt(FLUIDS.size())),
                RATED_FLOWS.get(random.nextInt(RATED_FLOWS.size())),
                WATER_METERS.get(random.nextInt(WATER_METERS.size())));
    }

    /**
     * When a device speaks.
     *
     * @param step  between two readings, ms
     * @param times of the readings that are not lost, by their sequence
     */
    record Talk(long step, TreeMap<Long, Long> times) {
        long last() {
            return times.isEmpty() ? -1 : times.lastKey();
        }
    }

    /** Mostly as often as the model has it, else less often. */
    private static Talk talk(Duration interval, Random random) {
        long step = random.nextInt(6) == 5 ? 40_000 : interval.toMillis();
        int silentFrom = random.nextInt(SECONDS) * 1_000;
        int silence = random.nextInt(3) == 2 ? random.nextInt(random.nextInt(3) == 2 ? 60_000 : 12_000) : 0;
        int phase = random.nextInt(1_000);
        TreeMap<Long, Long> times = new TreeMap<>();
        for (long sequence = 0; sequence * step < SECONDS * 1_000; sequence++) {
            long at = sequence * step + phase + random.nextInt(40);
            boolean silent = at >= silentFrom && at < silentFrom + silence;
            if (random.nextInt(20) < 19 && !silent) {
                times.put(sequence, START + at);
            }
        }
        return new Talk(step, times);
    }

    /** Every second at its start: so that no second closes before its end, and who comes back in it is in time. */
    private static Talk steady(Random random) {
        TreeMap<Long, Long> times = new TreeMap<>();
        for (long sequence = 0; sequence < SECONDS; sequence++) {
            times.put(sequence, START + sequence * 1_000 + random.nextInt(50));
        }
        return new Talk(1_000, times);
    }

    static @Nullable Double maybe(Random random, int oneIn, double value) {
        return random.nextInt(oneIn) == oneIn - 1 ? null : (Double) value;
    }

    static @Nullable CoolingState state(Random random) {
        int state = random.nextInt(STATES.size() + 1);
        return state == STATES.size() ? null : STATES.get(state);
    }

    /** Delayed by up to 0.9 s each, some of them twice. Nobody waits for one who was silent: the first reading after a silence is not delayed. */
    List<Reading> disordered(Random random) {
        TreeMap<Long, List<Reading>> arrivals = new TreeMap<>();
        Map<String, Instant> before = new HashMap<>();
        for (Reading reading : readings) {
            Instant last = before.put(reading.device(), reading.at());
            long at = reading.at().toEpochMilli();
            boolean back = last == null
                    ? at >= START + 1_100 // its first was lost: nobody waits for one never heard
                    : last.plusMillis(1_900).isBefore(reading.at());
            for (int times = random.nextInt(5) == 4 ? 2 : 1; times > 0; times--) {
                long delay = back && times == 1 ? 0 : random.nextInt(900);
                arrivals.computeIfAbsent(at + delay, unused -> new ArrayList<>())
                        .add(reading);
            }
        }
        return arrivals.values().stream().flatMap(List::stream).toList();
    }
}
