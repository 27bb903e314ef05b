package io.hallwatt.alerting.streams;

import io.hallwatt.contract.catalogue.Scope;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.FailOnInvalidTimestamp;

/**
 * Of windows with one end the hall's before its racks', where Kafka Streams has both at hand: it takes what is oldest first. So hardly a window has to wait for its
 * {@linkplain io.hallwatt.alerting.evaluate.Turns turn}, and the store is hardly written to for it.
 */
final class HallsFirst extends FailOnInvalidTimestamp {
    private final Map<String, WindowTopic> topics;

    HallsFirst(Map<String, WindowTopic> topics) {
        this.topics = topics;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        WindowTopic topic = topics.get(record.topic());
        boolean racks = topic != null && topic.scope() == Scope.RACK;
        long end = super.extract(record, partitionTime);
        return racks ? end + 1 : end;
    }
}
