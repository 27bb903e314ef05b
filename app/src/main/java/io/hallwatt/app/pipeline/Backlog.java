package io.hallwatt.app.pipeline;

import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.config.Said;
import io.hallwatt.contract.wire.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Readings in Kafka, and how far a stage has committed them. Asked of the broker: the stage's own figure is what its consumers last heard, and that is nothing while
 * they start.
 */
final class Backlog implements AutoCloseable {
    private static final List<Topic> READINGS =
            List.of(Topic.READINGS_RACK, Topic.READINGS_COOLING, Topic.READINGS_SUPPLY);

    private final Admin admin;
    private final String group;
    private final Map<TopicPartition, OffsetSpec> newest;

    /** @param group the stage's consumer group */
    Backlog(KafkaSettings kafka, String group) throws InterruptedException {
        this.admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN));
        this.group = group;
        List<String> names =
                READINGS.stream().map(topic -> topic.name(kafka.topicPrefix())).toList();
        try {
            this.newest = admin.describeTopics(names).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        } catch (ExecutionException e) {
            admin.close();
            throw away(e);
        }
    }

    /**
     * How it stands; nobody writes transactions there, so that each offset is a record.
     *
     * @param written   records ever written, marks of the end of an input among them
     * @param committed those of them that the stage has committed
     */
    record Standing(long written, long committed) {}

    Standing look() throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long written = 0;
            long read = 0;
            for (var end : admin.listOffsets(newest).all().get().entrySet()) {
                OffsetAndMetadata position = committed.get(end.getKey());
                written += end.getValue().offset();
                read += position == null ? 0 : position.offset();
            }
            return new Standing(written, read);
        } catch (ExecutionException e) {
            throw away(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private static Unavailable away(ExecutionException e) {
        return new Unavailable(
                "Kafka did not say how far aggregate has read: %s. Start again; what is kept is whole."
                        .formatted(Said.by(e.getCause() == null ? e : e.getCause())),
                e);
    }
}
