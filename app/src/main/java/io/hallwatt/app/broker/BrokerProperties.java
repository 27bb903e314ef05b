package io.hallwatt.app.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the embedded broker is told: one node, on loopback, small, and quickly back after a crash. */
final class BrokerProperties {
    static final int NODE = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final long MEGABYTE = 1024 * 1024;

    private BrokerProperties() {}

    static Map<String, String> of(Path logs, int port, int controllerPort) {
        Map<String, String> properties = new TreeMap<>();
        properties.putAll(addresses(port, controllerPort));
        properties.putAll(aloneAsANode());
        properties.putAll(quicklyBack());
        properties.putAll(small());
        properties.put("log.dirs", logs.toString());
        // A misspelt topic must fail, not appear.
        properties.put("auto.create.topics.enable", "false");
        // Event times are the data's, also of a past or of an accelerated future.
        properties.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        return properties;
    }

    private static Map<String, String> addresses(int port, int controllerPort) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE),
                // Nothing about the controller's port is kept in the data directory: each start may choose another.
                "controller.quorum.voters",
                NODE + "@127.0.0.1:" + controllerPort,
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort),
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name",
                "PLAINTEXT");
    }

    private static Map<String, String> aloneAsANode() {
        return Map.of(
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.num.partitions", "4",
                "group.initial.rebalance.delay.ms", "0");
    }

    /**
     * After a kill three things of the dead process must time out: its broker's registration (9 s by default), its group members' sessions and its open
     * transactions (looked for every 10 s by default).
     */
    private static Map<String, String> quicklyBack() {
        return Map.of(
                "broker.heartbeat.interval.ms", "200",
                "broker.session.timeout.ms", "3000",
                "group.min.session.timeout.ms", "1000",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500",
                "num.recovery.threads.per.data.dir", "2");
    }

    /** The cleaner's buffer alone would be 128 MB of heap. */
    private static Map<String, String> small() {
        return Map.of(
                "log.cleaner.dedupe.buffer.size", Long.toString(4 * MEGABYTE),
                "log.segment.bytes", Long.toString(128 * MEGABYTE),
                "log.index.size.max.bytes", Long.toString(MEGABYTE),
                "num.network.threads", "1",
                "num.io.threads", "2",
                "background.threads", "2",
                "metric.reporters", "");
    }
}
