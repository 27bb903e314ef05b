package io.hallwatt.app.command;

import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.config.Said;
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
        return of(kafka, " Check --bootstrap-servers, and that the broker runs; hallwatt doctor tells more.");
    }

    /** @param remedy what ends the message where there is no broker; may be empty */
    static Admin of(KafkaSettings kafka, String remedy) {
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.ADMIN);
        properties.putIfAbsent("request.timeout.ms", "5000");
        properties.putIfAbsent("default.api.timeout.ms", "10000");
        Admin admin;
        try {
            admin = Admin.create(properties);
        } catch (ConfigException e) {
            throw new InvalidInput(
                    "kafka: %s. Mend it at --kafka or in the configuration's section kafka.".formatted(Said.by(e)));
        } catch (KafkaException e) {
            throw away(kafka, e.getCause() == null ? e : e.getCause(), remedy);
        }
        try {
            admin.describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return admin;
        } catch (ExecutionException | TimeoutException e) {
            admin.close(Duration.ZERO);
            throw away(kafka, e.getCause() == null ? e : e.getCause(), remedy);
        } catch (InterruptedException e) {
            admin.close(Duration.ZERO);
            Thread.currentThread().interrupt();
            throw away(kafka, e, remedy);
        }
    }

    private static Unavailable away(KafkaSettings kafka, Throwable cause, String remedy) {
        boolean tooLong =
                cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException;
        return new Unavailable(
                "Kafka at %s does not answer (%s).%s"
                        .formatted(
                                kafka.bootstrapServers(),
                                tooLong ? "no answer in %d s".formatted(PATIENCE_SECONDS) : Said.by(cause),
                                remedy),
                cause);
    }
}
