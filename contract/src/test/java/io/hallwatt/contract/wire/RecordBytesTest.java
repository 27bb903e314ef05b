package io.hallwatt.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.Rejected;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.property.Any;
import io.hallwatt.contract.property.Seeds;
import io.hallwatt.contract.site.SiteYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The records that Jackson writes: size, what is missing, what is wrong; and refused ones. */
class RecordBytesTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void the_reference_site_is_far_smaller_than_a_kafka_record_and_comes_back() throws Malformed {
        byte[] bytes = Codecs.SITE.write(SiteYaml.reference());

        assertThat(bytes).hasSizeLessThan(256 * 1024);
        assertThat(Codecs.SITE.read(bytes)).isEqualTo(SiteYaml.reference());
    }

    @Test
    void a_site_whose_rack_runs_would_fill_the_memory_is_refused() {
        String run = "{\"ids\":[{\"from\":\"r1\",\"to\":\"r10000\"},{\"from\":\"s1\",\"to\":\"s10000\"}],\"row\":\"\","
                + "\"position\":0,\"registerMilliwattHours\":1,\"registerModulusMilliwattHours\":1,\"registerResolutionMilliwattHours\":1000,\"reportInterval\":\"1s\"}";
        String site = "{\"id\":\"s\",\"name\":\"s\",\"zone\":\"UTC\",\"latitude\":0,\"longitude\":0,\"sources\":[],"
                + "\"halls\":[{\"id\":\"h\",\"designItWatts\":1,\"ashrae\":\"A2\",\"coolingUnits\":[],\"racks\":[" + run
                + "]}]}";

        refused(Codecs.SITE, site, RejectCode.MALFORMED, "a hall has at most 10,000 racks");
    }

    @Test
    void a_frame_keeps_the_digits_that_its_unit_has_and_no_more() throws Malformed {
        var frame = new RackFrame(
                new SiteId("s"),
                new HallId("h"),
                new Window(Instant.EPOCH, Resolution.SECOND),
                0,
                List.of(new RackId("r1"), new RackId("r2")),
                Map.of(
                        new RackFrame.Column(Metric.RACK_POWER, ""), new double[] {38_123.456789, Double.NaN},
                        new RackFrame.Column(Metric.RACK_FEED_LOAD, "A"), new double[] {1.0 / 3, -1e-9}));

        String json = new String(Codecs.RACK_FRAME.write(frame), StandardCharsets.UTF_8);

        assertThat(json)
                .isEqualTo("{\"site\":\"s\",\"hall\":\"h\",\"window\":{\"start\":\"1970-01-01T00:00:00.000Z\","
                        + "\"resolution\":\"1s\"},\"revision\":0,\"racks\":[\"r1\",\"r2\"],\"columns\":{"
                        + "\"powerWatts\":[38123.5,null],\"feedLoadRatio/A\":[0.333333,0]}}");
        assertThat(Codecs.RACK_FRAME
                        .read(json.replace("powerWatts", "newerMetric").getBytes(StandardCharsets.UTF_8))
                        .columns())
                .hasSize(1);
    }

    @Test
    void what_is_missing_or_wrong_is_named_by_its_path() {
        String metrics = "{\"site\":\"s\",\"hall\":\"h\",\"window\":{\"start\":\"2026-01-15T12:00:00.000Z\","
                + "\"resolution\":\"1s\"},\"revision\":0,\"completeness\":1,\"quantities\":{}}";

        refused(
                Codecs.HALL_METRICS,
                metrics.replace("\"hall\":\"h\",", ""),
                RejectCode.MISSING_VALUE,
                "hall is missing");
        refused(Codecs.HALL_METRICS, metrics.replace("\"revision\":0,", ""), RejectCode.MISSING_VALUE, "revision");
        refused(
                Codecs.HALL_METRICS,
                metrics.replace("\"resolution\":\"1s\"", "\"resolution\":null"),
                RejectCode.MISSING_VALUE,
                "window.resolution is missing");
        refused(
                Codecs.HALL_METRICS,
                metrics.replace("12:00:00.000", "12:00:00.500"),
                RejectCode.MALFORMED,
                "not aligned");
        refused(Codecs.HALL_METRICS, metrics.replace("ss\":1", "ss\":2"), RejectCode.MALFORMED, "between 0 and 1");
        refused(Codecs.HALL_METRICS, metrics.replace("ss\":1", "ss\":\"1\""), RejectCode.MALFORMED, "completeness");
        refused(Codecs.HALL_METRICS, metrics.replace("n\":0", "n\":0.5"), RejectCode.MALFORMED, "revision");
        refused(
                Codecs.HALL_METRICS,
                metrics.replace("\"s\"", "\"s s\""),
                RejectCode.MALFORMED,
                "site: site id \"s s\"");
        refused(Codecs.HALL_METRICS, metrics + "x", RejectCode.MALFORMED, "no JSON");
        refused(Codecs.HALL_METRICS, metrics + "{}", RejectCode.MALFORMED, "");
        refused(Codecs.HALL_METRICS, "null", RejectCode.MALFORMED, "null");
        refused(Codecs.HALL_METRICS, metrics.replace("{}", "{\"x\":1,\"x\":2}"), RejectCode.MALFORMED, "Duplicate");
        refused(Codecs.HALL_METRICS, metrics.replace("{}", "[".repeat(99)), RejectCode.TOO_LARGE, "depth");
    }

    @Test
    void a_refused_record_is_its_bytes_and_three_headers() throws Malformed {
        byte[] original = {0, 1, (byte) 0xff};
        var rejected = new Rejected(original, "load.tsv:15283", RejectCode.NOT_DATA, "1 column, 14 expected (“é”)");

        assertThat(RejectedWire.value(rejected)).isEqualTo(original);
        assertThat(RejectedWire.headers(rejected))
                .containsOnlyKeys(Headers.REJECT_CODE, Headers.REJECT_REASON, Headers.REJECT_ORIGIN);
        assertThat(RejectedWire.read(RejectedWire.value(rejected), RejectedWire.headers(rejected)))
                .isEqualTo(rejected);
    }

    @Test
    void a_refused_record_without_its_headers_is_refused_itself() {
        Map<String, byte[]> headers =
                new HashMap<>(RejectedWire.headers(new Rejected(new byte[0], "x", RejectCode.NOT_DATA, "y")));
        headers.put(Headers.REJECT_CODE, "NO_SUCH".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> RejectedWire.read(new byte[0], headers))
                .hasMessageContaining("\"NO_SUCH\" is no code");
        assertThatThrownBy(() -> RejectedWire.read(new byte[0], Map.of()))
                .hasMessage("header hw-reject-code is missing");
    }

    private static void refused(Codec<?> codec, String json, RejectCode code, String part) {
        Malformed malformed =
                catchThrowableOfType(Malformed.class, () -> codec.read(json.getBytes(StandardCharsets.UTF_8)));

        assertThat(malformed).as("should be refused: " + json).isNotNull();
        assertThat(malformed.reason()).contains(part);
        assertThat(malformed.code()).as(malformed.reason()).isEqualTo(code);
    }

    @ParameterizedTest
    @Seeds(300)
    void a_frame_says_what_its_shape_says(Random seeded) throws IOException {
        RackFrame frame = Any.rackFrame(seeded);

        JsonNode written = MAPPER.readTree(Codecs.RACK_FRAME.write(frame));

        JsonNode twin = MAPPER.readTree(Json.of(RackFrameShape.class).write(plain(frame)));
        assertThat(written.properties().stream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(
                        twin.properties().stream().map(Map.Entry::getKey).toList());
        assertThat(written.equals(RecordBytesTest::sameNumber, twin))
                .as("%s%nbut%n%s", written, twin)
                .isTrue();
    }

    private static int sameNumber(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        return a.equals(b) ? 0 : 1;
    }

    /** The slow twin of the frame that is written by hand. */
    private static RackFrameShape plain(RackFrame frame) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        frame.columns()
                .forEach(
                        (column, values) -> columns.put(RackFrameShape.name(column), rounded(values, column.metric())));
        return new RackFrameShape(frame.site(), frame.hall(), frame.window(), frame.revision(), frame.racks(), columns);
    }

    private static double[] rounded(double[] values, Metric metric) {
        double scale = Math.pow(10, metric.unit().decimals());
        double[] rounded = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = Math.rint(values[i] * scale) / scale + 0.0; // NaN, "absent", stays; −0.0 does not
        }
        return rounded;
    }
}
