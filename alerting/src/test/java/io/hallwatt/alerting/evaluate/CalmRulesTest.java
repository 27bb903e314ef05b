package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalmRulesTest {
    private static final int WINDOWS = 200;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hallwatt_hall_it_power_watts > 1e9",
                "hallwatt_hall_feed_load_max_ratio{feed=~\"A|B\"} > 1e9",
                "hallwatt_hall_it_power_watts + hallwatt_hall_cooling_power_watts > 1e9",
                "hallwatt_hall_it_power_watts > 1e9 and hallwatt_hall_cooling_power_watts > 5",
                "avg_over_time(hallwatt_hall_it_power_watts[1m]) > 1e9"
            })
    void rules_that_nothing_is_in_breach_of_cost_no_memory(String expr) {
        allocatedBy(10, expr);

        long few = allocatedBy(10, expr);
        long many = allocatedBy(2_000, expr);

        // A rule that allocated only an empty object (16 bytes) at each window would make this 6 MB; its own buffers
        // are made once.
        assertThat(many - few).isLessThan(3_000_000);
    }

    /** Bytes for evaluating so many rules, each with a bound of its own, on windows that are there before. */
    private static long allocatedBy(int rules, String expr) {
        List<Sight> windows = IntStream.range(0, WINDOWS)
                .mapToObj(i -> Sight.of(Windows.hall(
                        Resolution.SECOND,
                        i,
                        Quantities.builder()
                                .put(Metric.HALL_IT_POWER, 100)
                                .put(Metric.HALL_COOLING_POWER, 10)
                                .put(Metric.HALL_FEED_LOAD_MAX, "A", 0.3)
                                .put(Metric.HALL_FEED_LOAD_MAX, "B", 0.4)
                                .build())))
                .toList();
        StringBuilder text = new StringBuilder("groups:\n- name: g\n  rules:\n");
        for (int i = 0; i < rules; i++) {
            text.append("  - {alert: R%d, expr: '%s'}%n".formatted(i, expr.replace("1e9", (1_000 + i) + "")));
        }
        Bench bench = new Bench(RuleSet.read("rules.yaml", text.toString()));
        bench.see(windows.getFirst());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        windows.subList(1, WINDOWS).forEach(bench::see);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
