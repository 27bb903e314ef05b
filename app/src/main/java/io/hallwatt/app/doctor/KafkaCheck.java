package io.hallwatt.app.doctor;

import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.app.topics.TopicStep;
import io.hallwatt.app.topics.TopicStep.Keep;
import io.hallwatt.app.topics.Topics;
import io.hallwatt.contract.config.KafkaSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** The configured Kafka: its brokers and features, and Hallwatt's topics. */
public final class KafkaCheck {
    private static final int PATIENCE_SECONDS = 10;

    private KafkaCheck() {}

    /** @param admin connected */
    public static List<Finding> look(Admin admin, KafkaSettings kafka) {
        List<Finding> findings = new ArrayList<>();
        findings.add(brokers(admin, kafka));
        findings.add(topics(admin, kafka));
        return findings;
    }

    /** What stands for both where no broker answers. */
    public static Finding away(String why) {
        return Finding.fail(
                "kafka", why, "Start the broker or mend --bootstrap-servers; demo and replay bring their own");
    }

    private static Finding brokers(Admin admin, KafkaSettings kafka) {
        try {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .size();
            return Finding.ok("kafka", "%d broker(s) at %s".formatted(brokers, kafka.bootstrapServers()));
        } catch (ExecutionException | TimeoutException e) {
            return away(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return away("interrupted");
        }
    }

    private static Finding topics(Admin admin, KafkaSettings kafka) {
        List<String> amiss = new Topics(admin, kafka)
                .plan(TopicLayout.DEFAULTS).stream()
                        .filter(step -> !(step instanceof Keep))
                        .map(TopicStep::topic)
                        .toList();
        return amiss.isEmpty()
                ? Finding.ok("topics", "all there")
                : Finding.warn(
                        "topics",
                        "%d missing or not as laid out by default, first %s".formatted(amiss.size(), amiss.getFirst()),
                        "See hallwatt topics plan; hallwatt topics apply");
    }
}
