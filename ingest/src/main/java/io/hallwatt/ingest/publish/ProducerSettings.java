package io.hallwatt.ingest.publish;

import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.ingest.IngestConfig;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The producer: idempotent, patient while Kafka is away, bounded in memory. */
final class ProducerSettings {
    /** How long one attempt waits for room or metadata, so that a stage told to stop notices. */
    private static final int LONGEST_BLOCK_MILLIS = 1_000;

    private ProducerSettings() {}

    static Map<String, Object> of(IngestConfig config, KafkaSettings kafka) {
        Map<String, Object> settings = kafka.client(KafkaSettings.Kind.PRODUCER);
        settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "hallwatt-ingest");
        settings.putIfAbsent(
                ProducerConfig.LINGER_MS_CONFIG, (int) config.linger().toMillis());
        settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, config.batchBytes());
        settings.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, config.bufferBytes());
        settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, config.compression());
        // What is rejected keeps its bytes, and gets a reason beside them.
        settings.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * 1024 * 1024);
        settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        // While Kafka is away records wait for it, an hour or a day; the buffer's bound makes the source wait too.
        settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        // Not to be overridden: without these a record could be lost, doubled or overtaken.
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK_MILLIS);
        return settings;
    }
}
