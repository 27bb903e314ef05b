package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.hall.HallInputs.Talk;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.site.CoolingUnit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What one cooling unit says, made up. */
final class UnitTalk {
    private static final List<@Nullable Double> FLOWS = Arrays.asList(20.25, 700.125, 1.5, 0.0, null);

    private final CoolingUnit unit;
    private final Random random;
    private final boolean metersWater;
    /** Its current clamp sits the wrong way round. */
    private final boolean backwards;
    /** Nothing changes its flow. */
    private final boolean steady;

    private long register;
    private long millilitres;

    UnitTalk(CoolingUnit unit, Random random) {
        this.unit = unit;
        this.random = random;
        this.metersWater = random.nextInt(2) == 1;
        this.backwards = random.nextInt(25) == 24;
        this.steady = random.nextInt(3) == 2;
        this.register = unit.registerModulusMilliwattHours() - 1 - random.nextInt(1_000_000);
        int before = random.nextInt(12_000);
        this.millilitres = unit.waterMeter() == null ? before : unit.water().modulusMillilitres() - 1 - before;
    }

    List<Reading> readings(Talk talk) {
        List<Reading> readings = new ArrayList<>();
        Double flow = FLOWS.get(random.nextInt(FLOWS.size()));
        int reversed = random.nextInt(3) == 2 ? 6 : 0; // one reading in so many has return colder than supply
        for (long sequence = 0; sequence <= talk.last(); sequence++) {
            double watts = random.nextInt((int) (unit.ratedElectricalWatts() * 1_000)) / 1_000.0;
            register = (register + Math.round(watts * talk.step() / 3_600)) % unit.registerModulusMilliwattHours();
            millilitres = (millilitres + random.nextInt(200) * talk.step() / 1_000)
                    % unit.water().modulusMillilitres();
            flow = steady ? flow : FLOWS.get(random.nextInt(FLOWS.size()));
            Long at = talk.times().get(sequence);
            if (at != null) {
                boolean colder = reversed > 0 && random.nextInt(reversed) == reversed - 1;
                readings.add(reading(at, sequence, backwards ? -watts : watts, flow, colder));
            }
        }
        return readings;
    }

    private long shownMillilitres() {
        return millilitres - millilitres % unit.water().resolutionMillilitres();
    }

    private CoolingReading reading(long at, long sequence, double watts, @Nullable Double flow, boolean colder) {
        double supply = 16 + random.nextInt(4_000) / 1_000.0;
        double difference = random.nextInt(14_000) / 1_000.0;
        return new CoolingReading(
                new SiteId("small"),
                new HallId("h01"),
                unit.id(),
                Instant.ofEpochMilli(at),
                sequence,
                HallInputs.maybe(random, 15, watts),
                random.nextInt(20) == 19 ? null : (Long) register,
                HallInputs.maybe(random, 15, supply),
                HallInputs.maybe(random, 15, colder ? supply - difference : supply + difference),
                flow,
                0.5,
                metersWater ? (Long) shownMillilitres() : null,
                HallInputs.state(random),
                null);
    }
}
