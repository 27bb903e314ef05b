package io.hallwatt.aggregate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.aggregate.AggregateConfig.WallClock;
import io.hallwatt.aggregate.hall.Readings;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.wire.Codec;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Headers;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.SiteVersion;
import io.hallwatt.contract.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wiring: topics in, topics out, counts, markers, restarts. What the numbers are is tested where they are made. */
class StageTest {
    private static final long START = 1_767_268_800_000L;
    private static final Site SITE = Sites.small();
    private static final String PREFIX = "t.";

    @TempDir
    private @Nullable Path folder;

    private final Wall wall = new Wall();
    private final CountsBoard board = new CountsBoard();
    private @Nullable TopologyTestDriver open;

    /** A wall clock that stands where it is put. */
    private static final class Wall implements InstantSource {
        private long now = START;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void readings_become_windows_of_halls_and_of_the_site() {
        TopologyTestDriver driver = driver(WallClock.EVENT_TIME);

        seconds(driver, 0, 70);
        end(driver);

        assertThat(metrics(driver, Topic.METRICS_HALL_1S, Codecs.HALL_METRICS)).hasSize(140);
        assertThat(metrics(driver, Topic.METRICS_RACK_1S, Codecs.RACK_FRAME)).hasSize(140);
        assertThat(metrics(driver, Topic.METRICS_HALL_15M, Codecs.HALL_METRICS)).hasSize(2);
        HallMetrics minute =
                metrics(driver, Topic.METRICS_HALL_1M, Codecs.HALL_METRICS).getFirst();
        assertThat(minute.quantities().value(Metric.HALL_IT_POWER)).hasValue(3 * 14_400.0);
        List<SiteMetrics> sites = metrics(driver, Topic.METRICS_SITE_1S, Codecs.SITE_METRICS);
        assertThat(sites).hasSize(70);
        assertThat(sites.get(10).quantities().value(Metric.SITE_IT_POWER)).hasValue(6 * 14_400.0);
        assertThat(sites.get(10).quantities().value(Metric.SITE_COOLING_POWER)).hasValue(4 * 5_000.0);
        assertThat(sites.get(10).quantities().value(Metric.SITE_FACILITY_POWER)).hasValue(115_200.0);
        assertThat(sites.get(10).quantities().value(Metric.SITE_POWER_RATIO)).hasValue(115_200.0 / 86_400);
        assertThat(sites.get(10).quantities().value(Metric.SITE_RENEWABLE_SHARE))
                .hasValue(0.25);
        assertThat(metrics(driver, Topic.METRICS_SITE_1M, Codecs.SITE_METRICS)).hasSize(2);
        assertThat(metrics(driver, Topic.METRICS_SITE_15M, Codecs.SITE_METRICS)).hasSize(1);
    }

    @Test
    void hours_go_to_the_journal_in_one_order_and_add_up_to_the_registers() {
        TopologyTestDriver driver = driver(WallClock.EVENT_TIME);

        seconds(driver, 0, 70);
        end(driver);

        List<EnergyHour> hours = metrics(driver, Topic.ENERGY_HOUR, Codecs.ENERGY_HOUR);
        assertThat(hours)
                .extracting(hour -> hour.subject().text())
                .containsExactly(
                        "hall/h01/cooling",
                        "hall/h01/it",
                        "hall/h02/cooling",
                        "hall/h02/it",
                        "source/grid/delivered",
                        "source/solar/delivered");
        long sum = hours.stream().mapToLong(EnergyHour::totalMilliwattHours).sum();
        open = null;
        driver.close();
        assertThat(board.total().registersMilliwattHours()).isEqualTo(sum).isPositive();
        assertThat(board.total().openMilliwattHours()).isZero();
        assertThat(hours).extracting(EnergyHour::siteModel).containsOnly(SiteVersion.of(SITE));
        assertThat(hours.get(1).evidence().readings()).isEqualTo(3 * 70);
        assertThat(hours.get(1).evidence().offsets()).singleElement().satisfies(range -> {
            assertThat(range.topic()).isEqualTo("t.readings.rack");
            assertThat(range.from()).isZero();
        });
    }

    @Test
    void every_record_is_counted_once_as_what_it_is() {
        TopologyTestDriver driver = driver(WallClock.EVENT_TIME);

        seconds(driver, 0, 10);
        rack(driver, "h01", "r001", START + 9_000, 9);
        rack(driver, "h01", "r001", START + 1_500, 77);
        rack(driver, "h01", "r999", START + 9_000, 9);
        rack(driver, "h99", "r001", START + 9_000, 9);
        raw(driver, Topic.READINGS_RACK, "small/h01", "{\"site\":", START + 9_000, null);
        raw(driver, Topic.READINGS_COOLING, "nonsense", "{}", START + 9_000, null);
        raw(driver, Topic.READINGS_SUPPLY, "small", "[]", START + 9_000, null);

        assertThat(rejectCodes(driver))
                .containsExactly("UNKNOWN_DEVICE", "UNKNOWN_DEVICE", "MALFORMED", "UNKNOWN_DEVICE", "MALFORMED");
        open = null;
        driver.close();
        assertThat(board.total().readings()).isEqualTo(10 * 12);
        assertThat(board.total().duplicates()).isEqualTo(1);
        assertThat(board.total().late()).isEqualTo(1);
        assertThat(board.total().rejected()).isEqualTo(5);
    }

    @Test
    void of_a_pack_each_report_is_counted_or_rejected_by_itself() {
        TopologyTestDriver driver = driver(WallClock.EVENT_TIME);

        pack(
                driver,
                reading(0, "small/h01", report("h01", "r001", START, 0)),
                reading(1, "small/h01", report("h01", "r001", START, 0)),
                reading(2, "nonsense", report("h01", "r002", START, 0)),
                reading(3, "small/h01", report("h01", "r999", START, 0)),
                reading(5, "small/h02", "{}".getBytes(StandardCharsets.UTF_8)),
                reading(6, "", report("h02", "r001", START, 0)),
                reading(7, "small/h02", report("h02", "r001", START, 0)));

        assertThat(output(driver, Topic.READINGS_REJECTED).readRecordsToList())
                .extracting(rejected -> text(rejected, Headers.REJECT_ORIGIN) + " "
                        + text(rejected, Headers.REJECT_CODE) + " " + rejected.key())
                .containsExactly(
                        "t.readings.rack-0@3 UNKNOWN_DEVICE small/h01",
                        "t.readings.rack-0@2 UNKNOWN_DEVICE nonsense",
                        "t.readings.rack-0@5 MISSING_VALUE small/h02",
                        "t.readings.rack-0@6 UNKNOWN_DEVICE ");
        open = null;
        driver.close();
        assertThat(board.total().readings()).isEqualTo(2);
        assertThat(board.total().duplicates()).isEqualTo(1);
        assertThat(board.total().rejected()).isEqualTo(4);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static void pack(TopologyTestDriver driver, ConsumerRecord<byte[], byte[]>... readings) {
        ConsumerRecord<byte[], byte[]> pack = Pack.of(List.of(readings));
        driver.createInputTopic(Topic.READINGS_RACK.name(PREFIX), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(pack.key(), pack.value(), new RecordHeaders(), START));
    }

    private static ConsumerRecord<byte[], byte[]> reading(long offset, String key, byte[] value) {
        return new ConsumerRecord<>(
                Topic.READINGS_RACK.name(PREFIX), 0, offset, key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static byte[] report(String hall, String rack, long at, long sequence) {
        return Codecs.RACK_READING.write(Readings.rack(hall, rack, at, sequence, 10, 0, 22));
    }

    private static String text(TestRecord<String, byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    @Test
    void closed_seconds_say_when_their_newest_reading_was() {
        TopologyTestDriver driver = driver(WallClock.EVENT_TIME);

        seconds(driver, 0, 5);

        TestRecord<String, byte[]> first = output(driver, Topic.METRICS_HALL_1S).readRecord();
        assertThat(first.key()).isEqualTo("small/h01");
        assertThat(first.timestamp()).isEqualTo(START + 1_000);
        assertThat(text(first, Headers.NEWEST_READING)).isEqualTo(Long.toString(START));
    }

    @Test
    void in_live_time_the_wall_clock_closes_silent_halls_and_those_never_seen() {
        TopologyTestDriver driver = driver(WallClock.LIVE);
        rack(driver, "h01", "r001", START, 0);

        for (int tenths = 0; tenths < 150; tenths++) {
            wall.now += 100;
            driver.advanceWallClockTime(Duration.ofMillis(100));
        }

        List<HallMetrics> seconds = metrics(driver, Topic.METRICS_HALL_1S, Codecs.HALL_METRICS);
        assertThat(seconds.stream().filter(m -> m.hall().text().equals("h01"))).hasSize(13);
        assertThat(seconds.stream().filter(m -> m.hall().text().equals("h02")))
                .isNotEmpty()
                .allSatisfy(m -> {
                    assertThat(m.completeness()).isZero();
                    assertThat(m.quantities().value(Metric.HALL_RACKS_SILENT)).hasValue(3);
                    assertThat(m.quantities().value(Metric.HALL_IT_POWER)).isEmpty();
                });
        assertThat(metrics(driver, Topic.METRICS_SITE_1S, Codecs.SITE_METRICS)).isNotEmpty();
    }

    @Test
    void in_event_time_the_wall_clock_closes_nothing() {
        TopologyTestDriver driver = driver(WallClock.EVENT_TIME);
        rack(driver, "h01", "r001", START, 0);

        wall.now += 60_000;
        driver.advanceWallClockTime(Duration.ofMinutes(1));

        assertThat(metrics(driver, Topic.METRICS_HALL_1S, Codecs.HALL_METRICS)).isEmpty();
    }

    @Test
    void a_rack_that_the_site_model_gains_while_running_is_counted() {
        TopologyTestDriver driver = driver(WallClock.EVENT_TIME);
        seconds(driver, 0, 5);

        Site grown = Sites.site("small")
                .halls(
                        "h01..h02",
                        hall -> hall.racks("r000..r004").crah("crah-1").chiller("chiller-1"))
                .grid("grid", 2_000_000)
                .build();
        site(driver, grown);
        rack(driver, "h01", "r004", START + 5_000, 0);
        end(driver);

        assertThat(rejectCodes(driver)).isEmpty();
        HallMetrics last = metrics(driver, Topic.METRICS_HALL_1S, Codecs.HALL_METRICS).stream()
                .filter(m -> m.hall().text().equals("h01"))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(last.quantities().value(Metric.HALL_RACKS_EXPECTED)).hasValue(5);
        assertThat(last.quantities().value(Metric.HALL_RACKS_REPORTING))
                .as("the new one, and three whose last readings hold; r000 never spoke")
                .hasValue(4);
    }

    @Test
    void a_site_of_which_nothing_was_heard_when_its_supply_ended_waits_for_no_source() {
        int asHallsWouldSay = IntStream.iterate(2, parts -> parts + 1)
                .filter(parts -> !new Partitions(parts, parts).siteIsIn(0, "small"))
                .findFirst()
                .orElseThrow();
        TopologyTestDriver driver = driver(WallClock.EVENT_TIME, new Partitions(asHallsWouldSay, 1));
        driver.advanceWallClockTime(Duration.ofMillis(100)); // takes notice of the site model
        raw(driver, Topic.READINGS_SUPPLY, null, "{}", START + 100_000, Headers.END_OF_INPUT);

        for (int second = 0; second < 5; second++) {
            racksAndUnits(driver, second);
        }

        assertThat(metrics(driver, Topic.METRICS_HALL_1S, Codecs.HALL_METRICS)).hasSize(8);
        assertThat(metrics(driver, Topic.METRICS_SITE_1S, Codecs.SITE_METRICS)).hasSize(4);
    }

    private TopologyTestDriver driver(WallClock clock) {
        return driver(clock, new Partitions(1, 1));
    }

    private TopologyTestDriver driver(WallClock clock, Partitions partitions) {
        AggregateConfig config = AggregateConfig.DEFAULTS.with(clock);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "stage-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, String.valueOf(folder));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        TopologyTestDriver driver = new TopologyTestDriver(
                new Stage(config, PREFIX, partitions, wall, board, new Backlog()).topology(),
                properties,
                Instant.ofEpochMilli(START));
        board.closing();
        open = driver;
        site(driver, SITE);
        return driver;
    }

    private static void site(TopologyTestDriver driver, Site site) {
        raw(driver, Topic.SITE, "small", new String(Codecs.SITE.write(site), StandardCharsets.UTF_8), START, null);
    }

    /** All devices once a second, on the second: racks at 20 A on all phases of both feeds, units at 5 kW, the grid at 115.2 kW. */
    private static void seconds(TopologyTestDriver driver, int from, int until) {
        for (int second = from; second < until; second++) {
            long at = START + second * 1_000L;
            racksAndUnits(driver, second);
            give(
                    driver,
                    Topic.READINGS_SUPPLY,
                    "small",
                    Codecs.SUPPLY_READING,
                    Readings.source("grid", at, second, 115_200, 32_000L * second, 500.0),
                    at);
            give(
                    driver,
                    Topic.READINGS_SUPPLY,
                    "small",
                    Codecs.SUPPLY_READING,
                    Readings.source("solar", at, second, 28_800, 8_000L * second, null),
                    at);
        }
    }

    private static void racksAndUnits(TopologyTestDriver driver, int second) {
        long at = START + second * 1_000L;
        for (String hall : List.of("h01", "h02")) {
            for (String rack : List.of("r001", "r002", "r003")) {
                rack(driver, hall, rack, at, second);
            }
            for (String unit : List.of("crah-1", "chiller-1")) {
                give(
                        driver,
                        Topic.READINGS_COOLING,
                        "small/" + hall,
                        Codecs.COOLING_READING,
                        Readings.unit(hall, unit, at, second, 5_000, 1_389L * second, CoolingState.RUNNING),
                        at);
            }
        }
    }

    private static void rack(TopologyTestDriver driver, String hall, String rack, long at, long sequence) {
        long register = 2_000 * Math.floorDiv(at - START, 1_000L);
        give(
                driver,
                Topic.READINGS_RACK,
                "small/" + hall,
                Codecs.RACK_READING,
                Readings.rack(hall, rack, at, sequence, 10, register, 22),
                at);
    }

    private static <T> void give(
            TopologyTestDriver driver, Topic topic, String key, Codec<T> codec, T reading, long at) {
        raw(driver, topic, key, new String(codec.write(reading), StandardCharsets.UTF_8), at, null);
    }

    private static void end(TopologyTestDriver driver) {
        for (Topic topic : List.of(Topic.READINGS_RACK, Topic.READINGS_COOLING, Topic.READINGS_SUPPLY)) {
            raw(driver, topic, null, "{}", START + 100_000, Headers.END_OF_INPUT);
        }
    }

    private static void raw(
            TopologyTestDriver driver,
            Topic topic,
            @Nullable String key,
            String value,
            long at,
            @Nullable String header) {
        TestInputTopic<String, byte[]> input =
                driver.createInputTopic(topic.name(PREFIX), new StringSerializer(), new ByteArraySerializer());
        RecordHeaders headers = new RecordHeaders();
        if (header != null) {
            headers.add(header, new byte[0]);
        }
        input.pipeInput(new TestRecord<>(key, value.getBytes(StandardCharsets.UTF_8), headers, at));
    }

    private static TestOutputTopic<String, byte[]> output(TopologyTestDriver driver, Topic topic) {
        return driver.createOutputTopic(topic.name(PREFIX), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static <T> List<T> metrics(TopologyTestDriver driver, Topic topic, Codec<T> codec) {
        List<T> records = new ArrayList<>();
        for (byte[] value : output(driver, topic).readValuesToList()) {
            try {
                records.add(codec.read(value));
            } catch (Malformed e) {
                throw new AssertionError(e);
            }
        }
        return records;
    }

    private static List<String> rejectCodes(TopologyTestDriver driver) {
        return output(driver, Topic.READINGS_REJECTED).readRecordsToList().stream()
                .map(rejected -> text(rejected, Headers.REJECT_CODE))
                .toList();
    }
}
