package io.hallwatt.app.command;

import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/** A connection to Kafka for set-up and questions, tried once before it is given out: everyone then has the same clear message. */
final class KafkaAdmin {
    private static final int PATIENCE_SECONDS = 10;

    private KafkaAdmin() {}

    /**
     * Connects.
     *
     * @throws InvalidInput if a client property has a value that Kafka does not know
     * @throws Unavailable  if no broker answers within 10 s
     */
    static Admin of(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.ADMIN);
        properties.putIfAbsent("request.timeout.ms", "5000");
        properties.putIfAbsent("default.api.timeout.ms", "10000");
        Admin admin;
        try {
            admin = Admin.create(properties);
        } catch (ConfigException e) {
            throw new InvalidInput(
                    "kafka: %s. Mend it at --kafka or in the configuration's section kafka.".formatted(e.getMessage()));
        } catch (KafkaException e) {
            throw away(kafka, e.getCause() == null ? e : e.getCause());
        }
        try {
            admin.describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return admin;
        } catch (ExecutionException | TimeoutException e) {
            admin.close(Duration.ZERO);
            throw away(kafka, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            admin.close(Duration.ZERO);
            Thread.currentThread().interrupt();
            throw away(kafka, e);
        }
    }

    private static Unavailable away(KafkaSettings kafka, Throwable cause) {
        return new Unavailable(
                "Kafka at %s does not answer (%s). Check --bootstrap-servers, and that the broker runs; hallwatt doctor tells more."
                        .formatted(
                                kafka.bootstrapServers(),
                                cause instanceof TimeoutException ? "no answer in 10 s" : cause.getMessage()),
                cause);
    }
}
