package io.hallwatt.aggregate.account;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.Resolution;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The mean of a metered factor by hour, summed exactly in decimals, so that the order of arrival does not matter; else a given factor. */
public final class HourlyMean {
    private static final long NEVER = Long.MIN_VALUE;

    private final TreeMap<Long, Sum> hours = new TreeMap<>();
    private @Nullable Double given;
    private long since = NEVER;

    private record Sum(BigDecimal total, long count) {}

    /** What holds where nothing is metered. */
    public void given(@Nullable Double factor) {
        this.given = factor;
    }

    /**
     * Adds a value; one of an hour that is forgotten changes nothing.
     *
     * @param measuredAt event time, epoch ms; of an interval, its last millisecond
     */
    public void add(long measuredAt, double value) {
        long hour = Resolution.HOUR.startMillis(measuredAt);
        if (hour < since) {
            return;
        }
        hours.merge(
                hour,
                new Sum(BigDecimal.valueOf(value), 1),
                (sum, one) -> new Sum(sum.total.add(one.total), sum.count + 1));
    }

    /** The hour's mean, else the given factor, else null. A single value comes back as it was. */
    public @Nullable Double of(long hour) {
        Sum sum = hours.get(hour);
        return sum == null
                ? given
                : Double.valueOf(sum.total
                        .divide(BigDecimal.valueOf(sum.count), MathContext.DECIMAL64)
                        .doubleValue());
    }

    /** How many values the hour has. */
    public long count(long hour) {
        Sum sum = hours.get(hour);
        return sum == null ? 0 : sum.count;
    }

    /** Starts of the hours with values that begin before {@code end}, in order. */
    public List<Long> hoursBefore(long end) {
        return List.copyOf(hours.headMap(end).keySet());
    }

    public void forgetBefore(long hour) {
        hours.headMap(hour).clear();
        since = Math.max(since, hour);
    }

    public void write(StateWriter out) {
        out.integerOr(since, NEVER);
        out.integer(hours.size());
        hours.forEach((hour, sum) -> {
            out.integer(hour);
            out.text(sum.total.toString());
            out.integer(sum.count);
        });
    }

    public void read(StateReader in) {
        since = in.integerOr(NEVER);
        for (int count = in.count(); count > 0; count--) {
            long hour = in.integer();
            hours.put(hour, new Sum(new BigDecimal(in.text()), in.integer()));
        }
    }
}
