package io.hallwatt.app.broker;

import io.hallwatt.app.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real single-node Kafka broker (KRaft) in this process, on loopback. What it keeps lies in the data directory and is there again at the next start, after a
 * kill too.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String LOGS = "kafka";

    /** File in the data directory with the address of the broker that runs there, for as long as it does. */
    private static final String ADDRESS = "broker.address";

    private final DataDirectory directory;
    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(DataDirectory directory, KafkaRaftServer server, int port) {
        this.directory = directory;
        this.server = server;
        this.port = port;
    }

    /** Starts on a free port. */
    public static EmbeddedBroker start(Path dataDirectory) {
        return start(dataDirectory, 0);
    }

    /**
     * Starts, formatting the directory at its first use. Returns when clients can connect; the broker may take some hundred milliseconds more to answer them.
     *
     * @param port on 127.0.0.1; 0 for any that is free
     * @throws Unavailable if the directory cannot be written or is in use, or the port is taken
     */
    public static EmbeddedBroker start(Path dataDirectory, int port) {
        DataDirectory directory = DataDirectory.open(dataDirectory);
        try {
            Path logs = directory.path().resolve(LOGS);
            int brokerPort = freePort(port);
            Map<String, String> properties = BrokerProperties.of(logs, brokerPort, freePortBeside(brokerPort));
            format(logs);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            tellAddress(directory.path(), brokerPort);
            server.startup();
            return new EmbeddedBroker(directory, server, brokerPort);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * Where the broker of another process that works in the directory can be reached; after a kill, where one could.
     *
     * @return empty where there is none
     */
    public static Optional<String> addressIn(Path dataDirectory) {
        try {
            return Optional.of(Files.readString(dataDirectory.resolve(ADDRESS)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void tellAddress(Path directory, int port) {
        try {
            Files.writeString(directory.resolve(ADDRESS), address(port) + "\n");
        } catch (IOException e) {
            throw new Unavailable(
                    "Data directory %s: the broker's address cannot be written: %s. Mend its permissions, or choose another with --data-dir."
                            .formatted(directory, e.getMessage()),
                    e);
        }
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return address(port);
    }

    /** The data directory, absolute. */
    public Path dataDirectory() {
        return directory.path();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        try {
            Files.deleteIfExists(directory.path().resolve(ADDRESS));
        } catch (IOException e) {
            throw new Unavailable(
                    "Data directory %s: %s cannot be removed: %s".formatted(directory.path(), ADDRESS, e.getMessage()),
                    e);
        } finally {
            directory.close();
        }
    }

    /** Whether a broker has worked in the directory before. */
    public static boolean hasRunIn(Path dataDirectory) {
        return isFormatted(dataDirectory.resolve(LOGS));
    }

    private static boolean isFormatted(Path logs) {
        return Files.exists(logs.resolve("meta.properties"));
    }

    private static void format(Path logs) {
        if (isFormatted(logs)) {
            return;
        }
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Files.createDirectories(logs);
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(BrokerProperties.NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .setIgnoreFormatted(true) // a kill in the middle of an earlier formatting
                    .run();
        } catch (Exception e) { // Formatter.run declares no narrower one
            throw new Unavailable(
                    "Data directory %s cannot be laid out for Kafka: %s. Choose another with --data-dir."
                            .formatted(logs, e.getMessage()),
                    e);
        }
    }

    /** The operating system may well give a port again that was just given back. */
    private static int freePortBeside(int taken) {
        int port = freePort(0);
        while (port == taken) {
            port = freePort(0);
        }
        return port;
    }

    /** The port asked for, if it is free, or any free one: chosen before the start, because clients must be told it in the configuration. */
    private static int freePort(int wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // one in TIME_WAIT after our own last run is free
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Unavailable(
                    "Port %d for the embedded broker is in use (by another program). Choose another, or 0 for any."
                            .formatted(wanted),
                    e);
        }
    }
}
