package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.hallwatt.contract.catalogue.Metric;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalmRacksTest {
    private static final int WINDOWS = 1_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hallwatt_rack_feed_load_ratio{feed=\"A\",rack!=\"r001\"} > 0.8",
                "hallwatt_rack_feed_load_ratio{feed=\"A\",rack!=\"r001\"} * 2 - hallwatt_rack_feed_load_ratio > 0.8 or hallwatt_rack_feed_load_ratio > 1",
                "avg_over_time(hallwatt_rack_feed_load_ratio[10s]) > 0.8"
            })
    void racks_on_which_nothing_is_wrong_cost_no_memory(String expr) {
        allocatedBy(expr, 10);

        long few = allocatedBy(expr, 10);
        long many = allocatedBy(expr, 2_000);

        // A rack that allocated only an empty object (16 bytes) at each window would make this 31 MB.
        assertThat(many - few).isLessThan(1_000_000);
    }

    /** Bytes for evaluating so many windows; the windows themselves are there before. */
    private static long allocatedBy(String expr, int racks) {
        double[] loads = IntStream.range(0, racks).mapToDouble(i -> 0.3).toArray();
        List<Sight> windows = IntStream.range(0, WINDOWS)
                .mapToObj(i -> Sight.of(Windows.racks(i, Metric.RACK_FEED_LOAD, "A", loads)))
                .toList();
        Bench bench = Bench.of("alert: Load\nexpr: " + expr);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        windows.forEach(bench::see);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
