package io.hallwatt.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {
    private static final SiteId SITE = new SiteId("tetouan");
    private static final HallId HALL = new HallId("h01");
    private static final Window WINDOW = new Window(Instant.parse("2026-01-15T12:00:00Z"), Resolution.SECOND);

    @Test
    void a_rack_reading_comes_back_as_it_was() throws Malformed {
        var phase = new PhaseReading(230.1, 41.25, 9300.5);
        var reading = new RackReading(
                SITE,
                HALL,
                new RackId("r001"),
                Instant.parse("2026-01-15T12:00:00.250Z"),
                7,
                new FeedReading(123456789L, List.of(phase, phase, phase)),
                null,
                new InletTemperatures(24.5, null, 22.0),
                35.5,
                45.0,
                null);

        byte[] bytes = Codecs.RACK_READING.write(reading);

        assertThat(Codecs.RACK_READING.read(bytes)).isEqualTo(reading);
    }

    @Test
    void hall_metrics_come_back_as_they_were() throws Malformed {
        var metrics = new HallMetrics(
                SITE,
                HALL,
                WINDOW,
                0,
                0.995,
                Quantities.builder()
                        .put(Metric.HALL_IT_POWER, 7612345.5)
                        .put(Metric.HALL_FEED_POWER, "A", 1)
                        .put(Metric.HALL_FEED_POWER, "B", Quantity.estimated(2))
                        .put(Metric.HALL_INLET_MAX, Quantity.measured(29.5, "r017"))
                        .unknown(Metric.HALL_PARTIAL_PUE, Reason.INCOMPLETE)
                        .build());

        byte[] bytes = Codecs.HALL_METRICS.write(metrics);

        assertThat(Codecs.HALL_METRICS.read(bytes)).isEqualTo(metrics);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"of\":\"hall\",%s}",
                "{%s,\"of\":\"hall\"}",
                "{\"later\":[{\"value\":1}],\"of\":\"hall\",%s,\"laterToo\":{}}"
            })
    void quantities_are_read_wherever_their_scope_stands(String members) throws Malformed {
        String quantities = members.formatted(
                "\"itPowerWatts\":5,\"new\":7,\"feedPowerWatts/A\":{\"estimated\":true,\"value\":2,\"since\":[1]},"
                        + "\"inletMaxCelsius\":{\"where\":\"r017\",\"value\":29.5},\"partialPueRatio\":{\"unknown\":\"INCOMPLETE\"}");

        assertThat(Codecs.HALL_METRICS.read(document(quantities)).quantities())
                .isEqualTo(Quantities.builder()
                        .put(Metric.HALL_IT_POWER, 5)
                        .put(Metric.HALL_FEED_POWER, "A", Quantity.estimated(2))
                        .put(Metric.HALL_INLET_MAX, Quantity.measured(29.5, "r017"))
                        .unknown(Metric.HALL_PARTIAL_PUE, Reason.INCOMPLETE)
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"5\"", "null", "[5]", "{}", "{\"value\":\"5\"}", "{\"unknown\":5}", "true"})
    void what_is_no_quantity_is_refused_by_its_name(String quantity) {
        assertThatThrownBy(() ->
                        Codecs.HALL_METRICS.read(document("{\"of\":\"hall\",\"itPowerWatts\":%s}".formatted(quantity))))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("itPowerWatts")
                .hasMessageContaining("a quantity is a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "1", "null"})
    void what_is_estimated_or_not_is_said_by_true_or_false(String estimated) {
        assertThatThrownBy(() -> Codecs.HALL_METRICS.read(document(
                        "{\"of\":\"hall\",\"itPowerWatts\":{\"value\":5,\"estimated\":%s}}".formatted(estimated))))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("itPowerWatts")
                .hasMessageContaining("estimated is true or false");
    }

    @Test
    void quantities_of_a_scope_that_is_not_known_are_passed_over() throws Malformed {
        assertThat(Codecs.HALL_METRICS
                        .read(document("{\"of\":\"moon\",\"itPowerWatts\":5}"))
                        .quantities())
                .isEqualTo(Quantities.NONE);
        assertThat(Codecs.HALL_METRICS.read(document("{\"itPowerWatts\":5}")).quantities())
                .isEqualTo(Quantities.NONE);
    }

    private static byte[] document(String quantities) {
        return ("{\"site\":\"s\",\"hall\":\"h\",\"window\":{\"start\":\"2026-01-15T12:00:00.000Z\",\"resolution\":\"1s\"},"
                        + "\"revision\":0,\"completeness\":1,\"quantities\":" + quantities + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_rack_frame_comes_back_as_it_was() throws Malformed {
        var frame = new RackFrame(
                SITE,
                HALL,
                WINDOW,
                0,
                List.of(new RackId("r001"), new RackId("r002")),
                Map.of(
                        new RackFrame.Column(Metric.RACK_POWER, ""), new double[] {38000, Double.NaN},
                        new RackFrame.Column(Metric.RACK_FEED_LOAD, "A"), new double[] {0.5, Double.NaN}));

        byte[] bytes = Codecs.RACK_FRAME.write(frame);

        assertThat(Codecs.RACK_FRAME.read(bytes)).isEqualTo(frame);
    }
}
