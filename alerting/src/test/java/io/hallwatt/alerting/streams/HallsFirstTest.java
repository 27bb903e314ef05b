package io.hallwatt.alerting.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.Resolution;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class HallsFirstTest {
    private final HallsFirst order = new HallsFirst(
            Map.of("racks", WindowTopic.racks(Resolution.SECOND), "halls", WindowTopic.halls(Resolution.SECOND)));

    @Test
    void racks_come_right_after_their_hall_and_before_its_next_second() {
        assertThat(time("halls", 1_000)).isLessThan(time("racks", 1_000));
        assertThat(time("racks", 1_000)).isLessThan(time("halls", 2_000));
    }

    private long time(String topic, long end) {
        ConsumerRecord<Object, Object> record = new ConsumerRecord<>(
                topic,
                0,
                0,
                end,
                TimestampType.CREATE_TIME,
                0,
                0,
                "s1/h01",
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
        return order.extract(record, end);
    }
}
