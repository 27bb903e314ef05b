package io.hallwatt.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.hallwatt.contract.peer.JsonApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Alertmanager itself, of Debian's package, on loopback; whom it notifies is in this process. */
final class RealAlertmanager implements AutoCloseable {
    private static final String PROGRAM = "prometheus-alertmanager";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@code firing r001}, by rack, else hall, else site: what people would have been told, in order. */
    final List<String> notified = new CopyOnWriteArrayList<>();

    /** How many messages that were: of one group each. */
    final AtomicInteger messages = new AtomicInteger();

    private final Path folder;
    private final int port;
    private final HttpServer people;
    private final JsonApi api;
    private @Nullable Process process;

    RealAlertmanager(Path folder) throws IOException {
        this(folder, """
                route:
                  receiver: people
                  group_by: ["..."]
                  group_wait: 0s
                  group_interval: 1s
                  repeat_interval: 4h
                receivers:
                  - name: people
                """, "people");
    }

    /**
     * @param configuration with a receiver of that name that has no way to anybody yet
     * @param receiver      whose notifications come here
     */
    RealAlertmanager(Path folder, String configuration, String receiver) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        api = new JsonApi(port);
        people = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        people.createContext("/", exchange -> {
            try (exchange) {
                JSON.readTree(exchange.getRequestBody().readAllBytes())
                        .at("/alerts")
                        .forEach(alert -> notified.add(alert.at("/status").asText() + " " + whose(alert)));
                messages.incrementAndGet();
                exchange.sendResponseHeaders(200, -1);
            }
        });
        people.start();
        String name = "  - name: " + receiver + "\n";
        assertThat(configuration).containsOnlyOnce(name);
        Files.writeString(
                folder.resolve("alertmanager.yml"),
                configuration.replace(
                        name, name + """
                    webhook_configs:
                      - url: http://127.0.0.1:%d/
                """.formatted(people.getAddress().getPort())));
    }

    private static String whose(JsonNode alert) {
        return Stream.of("rack", "hall", "site")
                .map(label -> alert.at("/labels/" + label).asText())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    static boolean installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void start() throws IOException {
        process = new ProcessBuilder(
                        PROGRAM,
                        "--config.file=" + folder.resolve("alertmanager.yml"),
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** Ends it as an operator does: it keeps whom it has notified of what, and forgets every alert. */
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /** Every alert that it knows; none as long as it does not answer. */
    List<JsonNode> alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        api.get("/api/v2/alerts").forEach(alerts::add);
        return alerts;
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        people.stop(0);
        api.close();
    }
}
