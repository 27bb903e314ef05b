package io.hallwatt.aggregate.rack;

import java.util.Arrays;

/**
 * One rack's report in whole numbers: power mW, registers mWh, current mA, temperatures m°C, humidity in thousandths of a percent; {@link #ABSENT} where
 * the rack does not say. One object is filled again for each report, so that a report costs no garbage.
 */
public final class RackReport {
    /** No value: neither zero nor NaN. */
    public static final long ABSENT = Long.MIN_VALUE;

    String rack = "";
    String hall = "";
    String site = "";
    long at;
    long sequence;
    final long[] feedMilliwatts = new long[2];
    final long[] feedRegister = new long[2];
    /** A/L1, A/L2, A/L3, B/L1, B/L2, B/L3. */
    final long[] milliamps = new long[6];
    /** Likewise; present where the current is. */
    final long[] phaseMilliwatts = new long[6];
    /** Top, middle, bottom. */
    final long[] inlet = new long[3];

    long outlet;
    long humidity;
    long intervalStart;
    long intervalMilliwattHours;

    /** Forgets the last report. */
    void clear() {
        Arrays.fill(feedMilliwatts, ABSENT);
        Arrays.fill(feedRegister, ABSENT);
        Arrays.fill(milliamps, ABSENT);
        Arrays.fill(phaseMilliwatts, ABSENT);
        Arrays.fill(inlet, ABSENT);
        outlet = ABSENT;
        humidity = ABSENT;
        intervalStart = ABSENT;
        intervalMilliwattHours = ABSENT;
    }

    public String site() {
        return site;
    }

    public String hall() {
        return hall;
    }

    public String rack() {
        return rack;
    }

    /** Event time, epoch ms. */
    public long at() {
        return at;
    }

    public long sequence() {
        return sequence;
    }

    /** @param feed 0 for A, 1 for B */
    public long feedMilliwatts(int feed) {
        return feedMilliwatts[feed];
    }

    /** @param feed 0 for A, 1 for B */
    public long feedRegister(int feed) {
        return feedRegister[feed];
    }

    /** Start of the interval whose energy is stated, epoch ms. */
    public long intervalStart() {
        return intervalStart;
    }

    public long intervalMilliwattHours() {
        return intervalMilliwattHours;
    }
}
