package io.hallwatt.app.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A broker as others run it: what ours is told so that stages are quickly back after a kill, it was not told. */
public final class OrdinaryBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;

    private OrdinaryBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    public static OrdinaryBroker start(Path directory) throws Exception {
        int port;
        int controllerPort;
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = one.getLocalPort(); // both at once: a port that was given back may be given again
            controllerPort = other.getLocalPort();
        }
        Path logs = Files.createDirectories(directory.resolve("kafka"));
        Map<String, String> properties = BrokerProperties.of(logs, port, controllerPort);
        properties.remove("group.min.session.timeout.ms");
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(BrokerProperties.NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .addDirectory(logs.toString())
                .setMetadataLogDirectory(logs.toString())
                .run();
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        return new OrdinaryBroker(server, port);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
