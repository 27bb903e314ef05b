package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.hall.HallInputs.Talk;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Rack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What one rack says, made up. */
final class RackTalk {
    private final Rack rack;
    private final Random random;
    private final long[] registers = new long[2];
    /** Gives no phases, only the total. */
    private final boolean totalOnly;

    private final boolean off;
    /** The feed that carries nothing, though its meter speaks; −1 where both do. */
    private final int dead;

    RackTalk(Rack rack, Random random) {
        this.rack = rack;
        this.random = random;
        this.totalOnly = random.nextInt(10) == 9;
        this.off = random.nextInt(20) == 19;
        this.dead = random.nextInt(10) == 9 ? random.nextInt(2) : -1;
        for (int feed = 0; feed < 2; feed++) {
            registers[feed] = rack.registerModulusMilliwattHours() - 1 - random.nextInt(1_000_000);
        }
    }

    List<Reading> readings(Talk talk) {
        List<Reading> readings = new ArrayList<>();
        long restart = random.nextInt(4) == 3 ? random.nextLong(85_000 / talk.step() + 1) : -1;
        for (long sequence = 0; sequence <= talk.last(); sequence++) {
            if (sequence == restart) {
                registers[random.nextInt(2)] = 0;
            }
            FeedReading a = feed(0, rack.feedA(), talk.step());
            FeedReading b = feed(1, rack.feedB(), talk.step());
            Long at = talk.times().get(sequence);
            if (at != null) {
                readings.add(reading(at, sequence, a, b));
            }
        }
        return readings;
    }

    private RackReading reading(long at, long sequence, @Nullable FeedReading a, @Nullable FeedReading b) {
        double inlet = 12 + random.nextInt(26_000) / 1_000.0;
        return new RackReading(
                new SiteId("small"),
                new HallId("h01"),
                rack.id(),
                Instant.ofEpochMilli(at),
                sequence,
                answers(a),
                answers(b),
                random.nextInt(15) == 14
                        ? null
                        : new InletTemperatures(
                                HallInputs.maybe(random, 10, inlet),
                                HallInputs.maybe(random, 10, inlet - random.nextInt(3_000) / 1_000.0),
                                HallInputs.maybe(random, 10, inlet + random.nextInt(3_000) / 1_000.0)),
                HallInputs.maybe(random, 12, inlet - 2 + random.nextInt(18_000) / 1_000.0),
                HallInputs.maybe(random, 12, 20 + random.nextInt(60_000) / 1_000.0),
                null);
    }

    private @Nullable FeedReading answers(@Nullable FeedReading feed) {
        return random.nextInt(25) == 24 ? null : feed;
    }

    /** A rack of which the model knows no feed has one all the same. */
    private @Nullable FeedReading feed(int number, @Nullable Feed model, long step) {
        boolean unmodelled = rack.feedA() == null && rack.feedB() == null && number == 0;
        if (model == null && !unmodelled) {
            return null;
        }
        Feed feed = model == null ? new Feed(32, 230, 3) : model;
        List<PhaseReading> phases = new ArrayList<>();
        double watts = 0;
        for (int phase = 0; phase < feed.phases(); phase++) {
            double amps = off || number == dead ? 0 : Math.round(feed.breakerAmps() * random.nextInt(600)) / 1_000.0;
            double volts = feed.volts() - 5 + random.nextInt(10);
            double power = Math.round(volts * amps * (900 + random.nextInt(100))) / 1_000.0;
            phases.add(new PhaseReading(volts, amps, power));
            watts += power;
        }
        long resolution = rack.registerResolutionMilliwattHours();
        registers[number] =
                (registers[number] + Math.round(watts * step / 3_600)) % rack.registerModulusMilliwattHours();
        return new FeedReading(
                random.nextInt(30) == 29 ? null : (Long) (registers[number] / resolution * resolution),
                totalOnly ? (Double) (Math.round(watts * 1_000) / 1_000.0) : null,
                totalOnly ? List.of() : phases);
    }
}
