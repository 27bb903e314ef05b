package io.hallwatt.benchmarks.peers;

import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.aggregate.rack.ScanningRackDecoder;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Malformed;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A bare consumer that reads the numbers of each report and forgets them: what nobody who understands reports can go below. */
final class PlainReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long COMMIT_NANOS = 100_000_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread;

    /** @param group its group; its thread is named after it */
    PlainReader(String group, KafkaSettings kafka, String topic) {
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(Set.of(topic));
        thread = Thread.ofPlatform().name(group).start(this::read);
    }

    private void read() {
        ScanningRackDecoder decoder = new ScanningRackDecoder();
        RackReport report = new RackReport();
        long committed = System.nanoTime();
        try (consumer) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.key() != null) { // the marks of the end of an input have none
                        decoder.decode(record.value(), report);
                    }
                }
                if (System.nanoTime() - committed > COMMIT_NANOS) {
                    consumer.commitAsync();
                    committed = System.nanoTime();
                }
            }
        } catch (WakeupException closed) {
            // measured
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
