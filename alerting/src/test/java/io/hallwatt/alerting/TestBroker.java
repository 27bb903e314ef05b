package io.hallwatt.alerting;

import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** A real single-node broker on loopback for one test class. */
public final class TestBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;

    public TestBroker(Path logs) throws Exception {
        this(logs, null);
    }

    /** @param way by which clients that bootstrap from it reach the broker, and go on reaching it; opened once the broker runs */
    TestBroker(Path logs, @Nullable Cut way) throws Exception {
        int controller;
        int distant;
        try (ServerSocket first = free();
                ServerSocket second = free();
                ServerSocket third = free()) {
            port = first.getLocalPort(); // all at once: a port that was given back may be given again
            controller = second.getLocalPort();
            distant = third.getLocalPort();
        }
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .run();
        }
        Map<String, String> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller));
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.min.session.timeout.ms", "1000");
        properties.put("log.cleaner.dedupe.buffer.size", "4194304");
        properties.put("log.dirs", logs.toString());
        if (way != null) {
            properties.merge("listeners", "DISTANT://127.0.0.1:" + distant, TestBroker::list);
            properties.merge("advertised.listeners", "DISTANT://127.0.0.1:" + way.port(), TestBroker::list);
            properties.merge("listener.security.protocol.map", "DISTANT:PLAINTEXT", TestBroker::list);
            properties.put("inter.broker.listener.name", "PLAINTEXT");
        }
        server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        if (way != null) {
            way.leadTo(distant);
        }
    }

    private static String list(String some, String more) {
        return some + "," + more;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** All of the catalogue, under the usual prefix; records of any age stay. */
    void createTopics() throws Exception {
        KafkaSettings kafka = KafkaSettings.at(bootstrapServers());
        try (Admin admin = Admin.create(kafka.client(KafkaSettings.Kind.ADMIN))) {
            admin.createTopics(Stream.of(Topic.values())
                            .map(topic -> new NewTopic(topic.name(kafka.topicPrefix()), 2, (short) 1)
                                    .configs(Map.of("retention.ms", "-1")))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
