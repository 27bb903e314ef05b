package io.hallwatt.app.doctor;

import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.app.topics.TopicStep;
import io.hallwatt.app.topics.TopicStep.Keep;
import io.hallwatt.app.topics.Topics;
import io.hallwatt.contract.config.KafkaSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** The configured Kafka: its brokers and features, and Hallwatt's topics. */
public final class KafkaCheck {
    /** How long Kafka is to wait for a sign of a stage before it takes it for dead, where it lets us. */
    public static final long STAGES_SESSION_MILLIS = 3_000;

    /** What Kafka's brokers grant at the least, where nobody told them otherwise. */
    public static final long KAFKAS_LEAST_SESSION_MILLIS = 6_000;

    private static final String LEAST_SESSION = "group.min.session.timeout.ms";
    private static final int PATIENCE_SECONDS = 10;

    private KafkaCheck() {}

    /** @param admin connected */
    public static List<Finding> look(Admin admin, KafkaSettings kafka) {
        List<Finding> findings = new ArrayList<>();
        findings.add(brokers(admin, kafka));
        findings.add(sessions(leastSessionMillis(admin)));
        findings.add(topics(admin, kafka));
        return findings;
    }

    /** What stands for both where no broker answers. */
    public static Finding away(String why) {
        return Finding.fail(
                "kafka", why, "Start the broker or mend --bootstrap-servers; demo and replay bring their own");
    }

    /** The shortest session that every broker that says so grants a group's member; empty where none says, as to those who may not ask. */
    public static OptionalLong leastSessionMillis(Admin admin) {
        try {
            List<ConfigResource> brokers =
                    admin.describeCluster().nodes().get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
                            .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                            .toList();
            OptionalLong least = OptionalLong.empty();
            for (KafkaFuture<Config> asked :
                    admin.describeConfigs(brokers).values().values()) {
                OptionalLong granted = leastSessionMillis(asked);
                if (granted.orElse(Long.MIN_VALUE) > least.orElse(Long.MIN_VALUE)) {
                    least = granted;
                }
            }
            return least;
        } catch (ExecutionException | TimeoutException e) {
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    /** Of one broker; empty where it does not say. */
    private static OptionalLong leastSessionMillis(KafkaFuture<Config> asked) throws InterruptedException {
        try {
            ConfigEntry entry = asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS).get(LEAST_SESSION);
            return entry == null || entry.value() == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(entry.value()));
        } catch (ExecutionException | TimeoutException e) {
            return OptionalLong.empty(); // that broker is away, or does not tell us
        }
    }

    private static Finding sessions(OptionalLong said) {
        if (said.isEmpty()) {
            return Finding.warn(
                    "groups",
                    "Kafka does not say what %s is: the stages take it for %d, and a killed one is back no sooner"
                            .formatted(LEAST_SESSION, KAFKAS_LEAST_SESSION_MILLIS),
                    "Let this user describe the brokers' configuration (DescribeConfigs on the cluster)");
        }
        long least = said.getAsLong();
        return least <= STAGES_SESSION_MILLIS
                ? Finding.ok("groups", "a killed stage is back within %d ms".formatted(STAGES_SESSION_MILLIS))
                : Finding.warn(
                        "groups",
                        "%s is %d: a killed stage is back no sooner".formatted(LEAST_SESSION, least),
                        "Set it to 1000 at the brokers, as docker-compose.yml does");
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
