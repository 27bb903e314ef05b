package io.hallwatt.alerting.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricBoardTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final MetricBoard board = new MetricBoard(false, Duration.ofSeconds(10), () -> NOW);

    @Test
    void an_estimated_value_has_a_series_beside_it_that_says_so() {
        show(
                0,
                Quantities.builder()
                        .put(Metric.HALL_IT_POWER, Quantity.estimated(5_000))
                        .put(Metric.HALL_INLET_MAX, 24)
                        .put(Metric.HALL_FEED_LOAD_MAX, "A", Quantity.measured(0.4))
                        .put(Metric.HALL_FEED_LOAD_MAX, "B", Quantity.estimated(0.5, "r001"))
                        .put(Metric.HALL_RTI, Quantity.unknown(Reason.INCOMPLETE))
                        .build());

        assertThat(estimated())
                .containsExactlyInAnyOrder(
                        "site=s hall=h01 metric=hallwatt_hall_it_power_watts",
                        "site=s hall=h01 metric=hallwatt_hall_feed_load_max_ratio");
    }

    @Test
    void it_goes_when_the_value_is_measured_again() {
        show(
                0,
                Quantities.builder()
                        .put(Metric.HALL_IT_POWER, Quantity.estimated(5_000))
                        .build());
        show(1, Quantities.builder().put(Metric.HALL_IT_POWER, 6_000).build());

        assertThat(estimated()).isEmpty();
    }

    private void show(int second, Quantities quantities) {
        Window window = new Window(NOW.plusSeconds(second), Resolution.SECOND);
        board.show(this, Sight.of(new HallMetrics(new SiteId("s"), new HallId("h01"), window, 0, 1, quantities)));
    }

    private List<String> estimated() {
        return board.collect().stream()
                .filter(snapshot -> snapshot.getMetadata().getName().equals("hallwatt_hall_estimated"))
                .flatMap(snapshot -> snapshot.getDataPoints().stream())
                .map(MetricBoardTest::labels)
                .toList();
    }

    private static String labels(DataPointSnapshot point) {
        return "site=%s hall=%s metric=%s"
                .formatted(
                        point.getLabels().get("site"),
                        point.getLabels().get("hall"),
                        point.getLabels().get("metric"));
    }
}
