package io.hallwatt.aggregate.energy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the meters of a book said and what of it can still change: registers, intervals, and power where a meter has neither. */
final class MeterLogs {
    final List<MeterSpec> meters;
    final Registers registers;
    final @Nullable IntervalLog[] intervals;
    final @Nullable PowerLog[] powers;
    final long[] energySince; // first register or interval of each meter: sampled power counts only before it
    final long[] newestRegister;
    final Set<Long> dirtyPowerMinutes = new TreeSet<>();
    boolean foldsDirty;
    boolean powersDirty;
    boolean intervalsDirty;

    MeterLogs(List<MeterSpec> meters) {
        this.meters = meters;
        registers = new Registers(meters);
        intervals = new IntervalLog[meters.size()];
        powers = new PowerLog[meters.size()];
        energySince = new long[meters.size()];
        Arrays.fill(energySince, Long.MAX_VALUE);
        newestRegister = new long[meters.size()];
        Arrays.fill(newestRegister, Long.MIN_VALUE);
    }

    /** @return whether something changed */
    boolean register(int meter, long at, long milliwattHours, int watts) {
        boolean changed = registers.add(meter, at, milliwattHours, watts);
        newestRegister[meter] = Math.max(newestRegister[meter], at);
        energyFrom(meter, at);
        return changed;
    }

    boolean interval(int meter, long start, long at, long milliwattHours, long settledAt) {
        IntervalLog log = intervals[meter];
        if (log == null) {
            log = new IntervalLog(settledAt);
            intervals[meter] = log;
        }
        if (!log.add(start, at, milliwattHours)) {
            return false;
        }
        energyFrom(meter, Math.max(start, settledAt));
        intervalsDirty = true;
        return true;
    }

    boolean hasInterval(int meter, long start, long at, long milliwattHours) {
        IntervalLog log = intervals[meter];
        return log != null && log.has(start, at, milliwattHours);
    }

    /** @return whether something changed */
    boolean power(int meter, long at, long milliwatts) {
        if (at >= energySince[meter] || !power(meter).add(at, milliwatts)) {
            return false;
        }
        dirtyPowerMinutes.add(minuteOf(at));
        return true;
    }

    PowerLog power(int meter) {
        PowerLog log = powers[meter];
        if (log == null) {
            log = new PowerLog(meters.get(meter));
            powers[meter] = log;
        }
        return log;
    }

    void energyFrom(int meter, long at) {
        if (at >= energySince[meter]) {
            return;
        }
        energySince[meter] = at;
        PowerLog log = powers[meter];
        if (log != null) {
            log.dropFrom(at).forEach(sample -> dirtyPowerMinutes.add(minuteOf(sample)));
        }
    }

    static long minuteOf(long at) {
        return Math.floorDiv(at, MinutePoints.LENGTH_MILLIS) * MinutePoints.LENGTH_MILLIS;
    }

    /** Time of the meter's newest reading; below all times where it never spoke. */
    long newest(int meter) {
        IntervalLog interval = intervals[meter];
        PowerLog power = powers[meter];
        long newest = newestRegister[meter];
        newest = interval == null ? newest : Math.max(newest, interval.newestEnd());
        return power == null ? newest : Math.max(newest, power.newest());
    }

    /** Up to when something is known of the meter. */
    long knownUntil(int meter) {
        PowerLog power = powers[meter];
        long sampled = power == null ? Long.MIN_VALUE : Math.min(power.knownUntil(), energySince[meter]);
        return Math.max(newest(meter), sampled);
    }

    /** Time of the oldest reading kept; above all times where there is none. */
    long oldest() {
        long oldest = registers.minutes().isEmpty()
                ? Long.MAX_VALUE
                : registers.minutes().firstKey();
        for (int meter = 0; meter < meters.size(); meter++) {
            IntervalLog interval = intervals[meter];
            PowerLog power = powers[meter];
            oldest = interval == null ? oldest : Math.min(oldest, interval.oldestStart());
            oldest = power == null ? oldest : Math.min(oldest, power.oldest());
        }
        return oldest;
    }

    /** What intervals and sampled power gave since the first of them, at a boundary, mWh. */
    long unregistered(int meter, long boundary) {
        IntervalLog interval = intervals[meter];
        return (interval == null ? 0 : interval.energyAt(boundary))
                + power(meter, boundary).milliwattHours();
    }

    PowerLog.Sum power(int meter, long boundary) {
        PowerLog power = powers[meter];
        return power == null ? PowerLog.Sum.NOTHING : power.at(boundary, energySince[meter]);
    }
}
