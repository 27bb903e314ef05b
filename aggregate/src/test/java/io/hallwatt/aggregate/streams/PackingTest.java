package io.hallwatt.aggregate.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.property.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class PackingTest {
    private static final TopicPartition RACKS = new TopicPartition("racks", 3);
    private static final TopicPartition COOLING = new TopicPartition("cooling", 3);

    @Test
    void readings_of_one_tenth_of_a_second_become_one_record_at_the_first_ones_place() {
        List<ConsumerRecord<byte[], byte[]>> out = passed(
                reading(40, 1_000, "s/h01", "a"), reading(41, 1_099, "s/h02", "b"), reading(44, 1_100, "s/h01", "c"));

        assertThat(out).extracting(ConsumerRecord::offset).containsExactly(40L, 44L);
        assertThat(out).extracting(ConsumerRecord::timestamp).containsExactly(1_000L, 1_100L);
        assertThat(unpacked(out)).containsExactly("40 1000 s/h01 a", "41 1099 s/h02 b", "44 1100 s/h01 c");
    }

    @Test
    void a_packs_readings_come_out_hall_by_hall() {
        List<ConsumerRecord<byte[], byte[]>> out = passed(
                reading(1, 1_000, "s/h02", "a"),
                reading(2, 1_020, "s/h01", "b"),
                reading(3, 1_010, "s/h02", "c"),
                reading(4, 1_000, "s/h01", "d"));

        assertThat(out).singleElement().extracting(ConsumerRecord::offset).isEqualTo(1L);
        assertThat(unpacked(out))
                .containsExactly("1 1000 s/h02 a", "3 1010 s/h02 c", "2 1020 s/h01 b", "4 1000 s/h01 d");
    }

    @Test
    void what_has_no_key_or_no_value_passes_as_it_came_and_in_its_place() {
        ConsumerRecord<byte[], byte[]> marker = reading(2, 1_000, null, "{}");
        ConsumerRecord<byte[], byte[]> empty = reading(4, 1_000, "s/h01", null);

        List<ConsumerRecord<byte[], byte[]>> out =
                passed(reading(1, 1_000, "s/h01", "a"), marker, reading(3, 1_000, "s/h01", "b"), empty);

        assertThat(out).hasSize(4);
        assertThat(out.get(1)).isSameAs(marker);
        assertThat(out.get(3)).isSameAs(empty);
        assertThat(out).extracting(ConsumerRecord::offset).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void a_reading_under_an_empty_key_is_not_taken_for_a_pack() {
        List<ConsumerRecord<byte[], byte[]>> out = passed(reading(1, 1_000, "", "not a pack"));

        assertThat(unpacked(out)).containsExactly("1 1000  not a pack");
    }

    @Test
    void a_pack_is_no_larger_than_a_processors_cache() {
        List<ConsumerRecord<byte[], byte[]>> many = new ArrayList<>();
        for (int offset = 0; offset < 4_000; offset++) {
            many.add(reading(offset, 1_000, "s/h01", "x".repeat(400)));
        }

        List<ConsumerRecord<byte[], byte[]>> out = passed(many);

        assertThat(out).hasSizeBetween(6, 10);
        assertThat(out).allSatisfy(pack -> assertThat(pack.value()).hasSizeLessThan(257 * 1_024));
        assertThat(unpacked(out)).hasSize(4_000);
    }

    @Test
    void other_topics_and_the_places_to_go_on_at_pass_untouched() {
        ConsumerRecord<byte[], byte[]> cooling = new ConsumerRecord<>("cooling", 3, 7, new byte[0], new byte[] {1});
        Map<TopicPartition, OffsetAndMetadata> next =
                Map.of(RACKS, new OffsetAndMetadata(9), COOLING, new OffsetAndMetadata(8));

        ConsumerRecords<byte[], byte[]> out = packing()
                .onConsume(new ConsumerRecords<>(
                        Map.of(RACKS, List.of(reading(1, 1_000, "s/h01", "a")), COOLING, List.of(cooling)), next));

        assertThat(out.nextOffsets()).isEqualTo(next);
        assertThat(out.records(COOLING)).singleElement().isSameAs(cooling);
        assertThat(out.records(RACKS)).hasSize(1);
    }

    @ParameterizedTest
    @Seeds(200)
    void every_reading_comes_out_once_as_it_went_in_and_in_its_halls_order(Random seeded) {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        long offset = seeded.nextInt(1_000);
        long at = seeded.nextInt(100_000) - 1L;
        for (int count = seeded.nextInt(300); count > 0; count--) {
            offset += 1 + seeded.nextInt(3);
            at = Math.max(-1, at + seeded.nextInt(60) - 20);
            read.add(reading(
                    offset,
                    at,
                    seeded.nextInt(50) == 0 ? null : "s/h0" + seeded.nextInt(10),
                    seeded.nextInt(50) == 0 ? null : "v".repeat(seeded.nextInt(2_000))));
        }

        List<ConsumerRecord<byte[], byte[]>> out = passed(read);

        assertThat(hallByHall(out)).isEqualTo(hallByHall(read));
        long before = -1;
        for (ConsumerRecord<byte[], byte[]> record : out) {
            assertThat(record.offset()).isGreaterThan(before);
            before = record.offset();
        }
    }

    @Test
    void what_a_deployment_has_intercept_records_still_sees_each_by_itself() {
        Properties properties = new Properties();
        properties.put("application.id", "a");
        properties.put("bootstrap.servers", "localhost:1");
        properties.put("consumer.interceptor.classes", "their.Tracing");

        Packing.join(properties, "racks");

        Map<String, Object> consumer = new StreamsConfig(properties).getMainConsumerConfigs("a", "b", 1);
        assertThat(consumer)
                .containsEntry("interceptor.classes", "their.Tracing," + Packing.class.getName())
                .containsEntry(Packing.TOPIC, "racks");
        assertThat(new StreamsConfig(properties).getRestoreConsumerConfigs("b"))
                .containsEntry("interceptor.classes", "their.Tracing");
    }

    @Test
    void what_was_not_packed_is_read_by_itself_also_under_an_empty_key() {
        Pack pack = new Pack();

        pack.open(new Record<>(new byte[0], "a reading as long as others".getBytes(UTF_8), 0), 5, true);

        assertThat(pack.next()).isTrue();
        assertThat(new String(pack.value(), UTF_8)).startsWith("a reading");
        assertThat(pack.next()).isFalse();
    }

    private static Packing packing() {
        Packing packing = new Packing();
        packing.configure(Map.of(Packing.TOPIC, RACKS.topic()));
        return packing;
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<ConsumerRecord<byte[], byte[]>> passed(ConsumerRecord<byte[], byte[]>... read) {
        return passed(List.of(read));
    }

    private static List<ConsumerRecord<byte[], byte[]>> passed(List<ConsumerRecord<byte[], byte[]>> read) {
        return packing()
                .onConsume(new ConsumerRecords<>(Map.of(RACKS, read), Map.of()))
                .records(RACKS);
    }

    /** Each hall's readings; what has no key or no value is by itself. */
    private static Map<String, List<String>> hallByHall(List<ConsumerRecord<byte[], byte[]>> records) {
        return unpacked(records).stream().collect(Collectors.groupingBy(line -> line.split(" ", -1)[2]));
    }

    /** Each reading as a line, as the processor sees it. */
    private static List<String> unpacked(List<ConsumerRecord<byte[], byte[]>> records) {
        List<String> lines = new ArrayList<>();
        Pack pack = new Pack();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                lines.add(record.offset() + " no value");
                continue;
            }
            pack.open(
                    new Record<>(record.key(), record.value(), Math.max(0, record.timestamp()), record.headers()),
                    record.offset(),
                    record.key() != null && record.key().length == 0);
            while (pack.next()) {
                byte[] key = pack.key();
                lines.add("%d %d %s %s"
                        .formatted(
                                pack.offset(),
                                Math.max(0, pack.timestamp()),
                                key == null ? "-" : new String(key, UTF_8),
                                new String(pack.value(), UTF_8)));
            }
        }
        return lines;
    }

    private static ConsumerRecord<byte[], byte[]> reading(
            long offset, long at, @Nullable String key, @Nullable String value) {
        Headers headers = new RecordHeaders().add("hw-source", new byte[] {1});
        return new ConsumerRecord<>(
                RACKS.topic(),
                RACKS.partition(),
                offset,
                at,
                TimestampType.CREATE_TIME,
                0,
                0,
                key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                headers,
                Optional.of(5));
    }
}
