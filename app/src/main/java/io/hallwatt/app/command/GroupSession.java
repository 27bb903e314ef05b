package io.hallwatt.app.command;

import io.hallwatt.app.doctor.KafkaCheck;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/**
 * The stages are members of Kafka's groups that are taken for dead soon, so that a killed one is soon back. A broker that was not told otherwise takes nobody for
 * dead so soon, and refuses such members: there the stages ask for what it grants.
 */
final class GroupSession {
    private static final String SETTING = "session.timeout.ms";

    private GroupSession() {}

    /**
     * The settings with which the stages can join there.
     *
     * @throws io.hallwatt.app.Unavailable if no broker answers
     */
    static KafkaSettings fitting(KafkaSettings kafka, Terminal terminal) {
        OptionalLong said;
        try (Admin admin = KafkaAdmin.of(kafka)) {
            said = KafkaCheck.leastSessionMillis(admin);
        }
        boolean chosen = kafka.properties().keySet().stream().anyMatch(name -> name.endsWith(SETTING));
        long least = said.orElse(KafkaCheck.KAFKAS_LEAST_SESSION_MILLIS);
        if (chosen || least <= KafkaCheck.STAGES_SESSION_MILLIS) {
            return kafka;
        }
        terminal.say((said.isEmpty()
                        ? "kafka    does not say how soon it takes a stage for dead; %s is asked for: a killed stage is back so much later. Let this user describe the brokers' configuration."
                        : "kafka    takes nobody for dead before %s (its group.min.session.timeout.ms): a killed stage is back so much later. Give brokers 1000 for %s.")
                .formatted(
                        Durations.format(Duration.ofMillis(least)),
                        Durations.format(Duration.ofMillis(KafkaCheck.STAGES_SESSION_MILLIS))));
        Map<String, String> properties = new TreeMap<>(kafka.properties());
        properties.put("streams.main.consumer." + SETTING, Long.toString(least));
        return new KafkaSettings(kafka.bootstrapServers(), kafka.topicPrefix(), properties);
    }
}
