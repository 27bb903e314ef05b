package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rack's report in plain fields, filled again for each report: whoever writes bytes reads it here without a record in between. Values are rounded as sensors
 * round: 0.1 V, 0.01 A, 1 W, 0.1 °C, 0.1 %, 1 Wh. Phases are A1 A2 A3 B1 B2 B3.
 */
public final class RackSample {
    Hall hall;
    Rack rack;
    long atMillis;
    long sequence;
    final int[] phases = new int[2]; // of feeds A and B; −1: the feed is not there or says nothing
    final long[] registerMilliwattHours = new long[2];
    final double[] volts = new double[6];
    final double[] amps = new double[6];
    final double[] watts = new double[6];
    double inletTop;
    double inletMiddle;
    double inletBottom;
    double outlet;
    double humidity;
    private final io.hallwatt.contract.SiteId site;

    RackSample(io.hallwatt.contract.SiteId site, Hall hall, Rack rack) {
        this.site = site;
        this.hall = hall;
        this.rack = rack;
    }

    public Hall hall() {
        return hall;
    }

    public Rack rack() {
        return rack;
    }

    /** Event time, ms since 1970. */
    public long atMillis() {
        return atMillis;
    }

    public long sequence() {
        return sequence;
    }

    /** @param feed 0 for A, 1 for B */
    public boolean has(int feed) {
        return phases[feed] >= 0;
    }

    /** Phases of the feed: 3, 1, or 0 where only the register is known. */
    public int phases(int feed) {
        return phases[feed];
    }

    public long registerMilliwattHours(int feed) {
        return registerMilliwattHours[feed];
    }

    /** Line to neutral; phases count from 0. */
    public double volts(int feed, int phase) {
        return volts[3 * feed + phase];
    }

    public double amps(int feed, int phase) {
        return amps[3 * feed + phase];
    }

    public double watts(int feed, int phase) {
        return watts[3 * feed + phase];
    }

    public double inletTopCelsius() {
        return inletTop;
    }

    public double inletMiddleCelsius() {
        return inletMiddle;
    }

    public double inletBottomCelsius() {
        return inletBottom;
    }

    public double outletCelsius() {
        return outlet;
    }

    public double humidityPercent() {
        return humidity;
    }

    /** The same as a record. */
    public RackReading toReading() {
        return new RackReading(
                site,
                hall.id(),
                rack.id(),
                Instant.ofEpochMilli(atMillis),
                sequence,
                feed(0),
                feed(1),
                new InletTemperatures(inletTop, inletMiddle, inletBottom),
                outlet,
                humidity,
                null);
    }

    private @Nullable FeedReading feed(int feed) {
        return switch (phases[feed]) {
            case -1 -> null;
            case 0 -> new FeedReading(registerMilliwattHours[feed], watts[3 * feed], List.of());
            case 1 -> new FeedReading(registerMilliwattHours[feed], List.of(phase(3 * feed)));
            default ->
                new FeedReading(
                        registerMilliwattHours[feed],
                        List.of(phase(3 * feed), phase(3 * feed + 1), phase(3 * feed + 2)));
        };
    }

    private PhaseReading phase(int i) {
        return new PhaseReading(volts[i], amps[i], watts[i]);
    }
}
