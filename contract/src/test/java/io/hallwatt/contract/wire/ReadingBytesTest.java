package io.hallwatt.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.property.Any;
import io.hallwatt.contract.property.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The hand-written bytes against a plain twin that builds a tree, and against {@code java.time}. */
class ReadingBytesTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void a_rack_reading_is_compact_json() {
        var phase = new PhaseReading(230.1, 41.25, 9300.5);
        var reading = new RackReading(
                new SiteId("tetouan"),
                new HallId("h01"),
                new RackId("r001"),
                Instant.parse("2026-01-15T12:00:00.250Z"),
                7,
                new FeedReading(123_456_789L, List.of(phase, phase, phase)),
                new FeedReading(null, 27_900.0, List.of()),
                new InletTemperatures(24.5, null, 22.0),
                35.5,
                45.0,
                new IntervalEnergy(Instant.parse("2026-01-15T11:00:00Z"), 1));

        assertThat(new String(Codecs.RACK_READING.write(reading), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"site\":\"tetouan\",\"hall\":\"h01\",\"rack\":\"r001\",\"at\":\"2026-01-15T12:00:00.250Z\","
                                + "\"sequence\":7,\"feedA\":{\"registerMilliwattHours\":123456789,\"volts\":[230.1,230.1,230.1],"
                                + "\"amps\":[41.25,41.25,41.25],\"watts\":[9300.5,9300.5,9300.5]},\"feedB\":{\"watts\":27900},"
                                + "\"inlet\":{\"topCelsius\":24.5,\"bottomCelsius\":22},\"outletCelsius\":35.5,"
                                + "\"humidityPercent\":45,\"interval\":{\"start\":\"2026-01-15T11:00:00.000Z\",\"milliwattHours\":1}}");
    }

    @ParameterizedTest
    @Seeds(300)
    void the_bytes_say_what_the_slow_twin_says(Random seeded) throws IOException {
        RackReading reading = Any.rackReading(seeded);

        JsonNode written = MAPPER.readTree(Codecs.RACK_READING.write(reading));

        assertThat(sameNumbers(written)).isEqualTo(sameNumbers(twin(reading)));
    }

    @ParameterizedTest
    @Seeds(1_000)
    void times_are_those_of_java_time(Random seeded) {
        Instant at = Any.time(seeded);
        byte[] text = new byte[24];

        TimeText.write(at.toEpochMilli(), text, 0);

        String written = new String(text, StandardCharsets.US_ASCII);
        assertThat(Instant.parse(written)).isEqualTo(at);
        assertThat(TimeText.parse(written.toCharArray(), 0, 24)).isEqualTo(at.toEpochMilli());
    }

    @ParameterizedTest
    @Seeds(1_000)
    void text_that_is_almost_a_time_is_read_as_java_time_reads_it_or_not_at_all(Random seeded) {
        char[] text = "2024-02-29T12:34:56.789Z".toCharArray();
        for (int changes = seeded.nextInt(3); changes >= 0; changes--) {
            text[seeded.nextInt(text.length)] = "0123456789-:TZ.+".charAt(seeded.nextInt(16));
        }

        long millis = TimeText.parse(text, 0, text.length);

        assertThat(millis).isEqualTo(byJavaTime(new String(text)));
    }

    @Test
    void what_json_cannot_say_is_not_written() {
        var reading = new RackReading(
                new SiteId("s"),
                new HallId("h"),
                new RackId("r"),
                Instant.EPOCH,
                0,
                null,
                null,
                null,
                Double.NaN,
                null,
                null);

        assertThatThrownBy(() -> Codecs.RACK_READING.write(reading)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long byJavaTime(String text) {
        try {
            return text.matches("\\d{4}-\\d\\d-\\d\\dT(?!24).*Z") && !text.contains(":60")
                    ? Instant.parse(text).toEpochMilli()
                    : TimeText.NONE;
        } catch (java.time.DateTimeException e) {
            return TimeText.NONE;
        }
    }

    private static JsonNode twin(RackReading reading) {
        ObjectNode twin = MAPPER.createObjectNode();
        twin.put("site", reading.site().text());
        twin.put("hall", reading.hall().text());
        twin.put("rack", reading.rack().text());
        twin.put("at", time(reading.at()));
        twin.put("sequence", reading.sequence());
        twin.set("feedA", feed(reading.feedA()));
        twin.set("feedB", feed(reading.feedB()));
        InletTemperatures inlet = reading.inlet();
        if (inlet != null) {
            twin.putObject("inlet")
                    .put("topCelsius", inlet.topCelsius())
                    .put("middleCelsius", inlet.middleCelsius())
                    .put("bottomCelsius", inlet.bottomCelsius());
        }
        twin.put("outletCelsius", reading.outletCelsius());
        twin.put("humidityPercent", reading.humidityPercent());
        IntervalEnergy interval = reading.interval();
        if (interval != null) {
            twin.putObject("interval")
                    .put("start", time(interval.start()))
                    .put("milliwattHours", interval.milliwattHours());
        }
        return twin;
    }

    private static @Nullable JsonNode feed(@Nullable FeedReading feed) {
        if (feed == null) {
            return null;
        }
        ObjectNode twin = MAPPER.createObjectNode();
        twin.put("registerMilliwattHours", feed.registerMilliwattHours());
        if (feed.phases().isEmpty()) {
            return twin.put("watts", feed.watts());
        }
        ArrayNode volts = twin.putArray("volts");
        ArrayNode amps = twin.putArray("amps");
        ArrayNode watts = twin.putArray("watts");
        for (PhaseReading phase : feed.phases()) {
            volts.add(phase.volts());
            amps.add(phase.amps());
            watts.add(phase.watts());
        }
        return twin.put("totalWatts", feed.watts());
    }

    private static String time(Instant at) {
        return java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX")
                .withZone(java.time.ZoneOffset.UTC)
                .format(at);
    }

    /** Numbers as doubles where they are no integers beyond them, absent ones left out, so that 45 and 45.0 compare equal. */
    private static JsonNode sameNumbers(JsonNode node) {
        if (node.isIntegralNumber() && Math.abs(node.longValue()) > 1L << 53) {
            return node.isLong() && node.longValue() == (long) node.doubleValue() && Math.abs(node.doubleValue()) < 1e18
                    ? MAPPER.getNodeFactory().numberNode(node.doubleValue())
                    : node;
        }
        if (node.isNumber()) {
            return MAPPER.getNodeFactory().numberNode(node.doubleValue());
        }
        if (node instanceof ArrayNode array) {
            ArrayNode same = MAPPER.createArrayNode();
            array.forEach(item -> same.add(sameNumbers(item)));
            return same;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode same = MAPPER.createObjectNode();
            object.properties().forEach(field -> {
                if (!field.getValue().isNull()) {
                    same.set(field.getKey(), sameNumbers(field.getValue()));
                }
            });
            return same;
        }
        return node;
    }
}
