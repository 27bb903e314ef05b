package io.hallwatt.benchmarks.load;

import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.site.Rack;
import java.time.Instant;

/** A rack with two feeds of three phases, whose load swings over about two minutes. */
final class GeneratedRack extends GeneratedDevice {
    private static final int RACKS_PER_OVERLOAD = 2_000;
    private static final long OVERLOAD_MILLIS = 20_000;
    /** Load moves a step in this time. */
    private static final int STEP_SHIFT = 8;

    private final SiteId site;
    private final HallId hall;
    private final Rack rack;
    private final int number;
    private final Shapes shapes;
    private double wattHoursA;
    private double wattHoursB;

    GeneratedRack(SiteId site, HallId hall, Rack rack, int number, Shapes shapes) {
        this.site = site;
        this.hall = hall;
        this.rack = rack;
        this.number = number;
        this.shapes = shapes;
        wattHoursA = 1_000_000 + number * 137L;
        wattHoursB = 2_000_000 + number * 211L;
    }

    @Override
    RackReading reading(long at, long sequence, double hours) {
        int step = (int) (at >> STEP_SHIFT) + number * 97;
        int level = triangle(step);
        int levelA = number % RACKS_PER_OVERLOAD == 0 && at / OVERLOAD_MILLIS % 2 == 1 ? Shapes.overload() : level;
        int levelB = triangle(step + 19);
        wattHoursA += shapes.watts[levelA] * hours;
        wattHoursB += shapes.watts[levelB] * hours;
        return new RackReading(
                site,
                hall,
                rack.id(),
                Instant.ofEpochMilli(at),
                sequence,
                new FeedReading(register(wattHoursA), shapes.phases(levelA)),
                new FeedReading(register(wattHoursB), shapes.phases(levelB)),
                shapes.inlets[level],
                shapes.outlets[level],
                shapes.humidities[levelB],
                null);
    }

    /** Up and down again, a level a step. */
    private static int triangle(int step) {
        int phase = step & (2 * Shapes.LEVELS - 1);
        return phase < Shapes.LEVELS ? phase : 2 * Shapes.LEVELS - 1 - phase;
    }
}
