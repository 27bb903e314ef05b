package io.hallwatt.aggregate.account;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.Resolution;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The mean of a metered factor by hour, in thousandths, so that the order of arrival does not matter; else a given factor. */
public final class HourlyMean {
    private final TreeMap<Long, long[]> hours = new TreeMap<>();
    private @Nullable Double given;

    /** What holds where nothing is metered. */
    public void given(@Nullable Double factor) {
        this.given = factor;
    }

    /** @param measuredAt event time, epoch ms; of an interval, its last millisecond */
    public void add(long measuredAt, double value) {
        long[] sum = hours.computeIfAbsent(Resolution.HOUR.startMillis(measuredAt), h -> new long[2]);
        sum[0] += Math.round(value * 1000);
        sum[1]++;
    }

    /** The hour's mean, else the given factor, else null. */
    public @Nullable Double of(long hour) {
        long[] sum = hours.get(hour);
        return sum == null ? given : Double.valueOf(sum[0] / (1000.0 * sum[1]));
    }

    public void forgetBefore(long hour) {
        hours.headMap(hour).clear();
    }

    public void write(StateWriter out) {
        out.integer(hours.size());
        hours.forEach((hour, sum) -> {
            out.integer(hour);
            out.integers(sum, 2);
        });
    }

    public void read(StateReader in) {
        for (int count = in.count(); count > 0; count--) {
            long hour = in.integer();
            long[] sum = new long[2];
            in.integers(sum, 2);
            hours.put(hour, sum);
        }
    }
}
