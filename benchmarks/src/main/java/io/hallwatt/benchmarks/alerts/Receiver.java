package io.hallwatt.benchmarks.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hallwatt.app.summary.SummaryJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Stands where an Alertmanager would: takes what is posted to it and notes when it came. Groups and routes nothing. */
final class Receiver implements AutoCloseable {
    private static final String ALERTS = "/api/v2/alerts";

    private final InstantSource clock;
    private final Consumer<Arrived> reader;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private long requests;
    private int mostInOne;

    /**
     * One alert in one request.
     *
     * @param endsAt  past where it is over, in the future where it fires
     * @param came    when the request was whole
     */
    record Arrived(SortedMap<String, String> labels, Instant startsAt, Instant endsAt, Instant came) {
        boolean fires() {
            return endsAt.isAfter(came);
        }
    }

    /** @param reader takes every alert of every request, one after the other */
    Receiver(InstantSource clock, Consumer<Arrived> reader) {
        this.clock = clock;
        this.reader = reader;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:%d".formatted(server.getAddress().getPort()));
    }

    synchronized long requests() {
        return requests;
    }

    /** Alerts in the request that had the most. */
    synchronized int mostInOne() {
        return mostInOne;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean alerts = exchange.getRequestURI().getPath().equals(ALERTS);
            if (alerts) {
                take(read(body, clock.instant()));
            }
            exchange.sendResponseHeaders(alerts ? 200 : 404, -1);
        }
    }

    private static List<Arrived> read(byte[] body, Instant came) {
        List<Arrived> alerts = new ArrayList<>();
        for (JsonNode alert : SummaryJson.read(ALERTS, new String(body, StandardCharsets.UTF_8))) {
            SortedMap<String, String> labels = new TreeMap<>();
            alert.path("labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            alerts.add(new Arrived(
                    labels,
                    instant(alert.path("startsAt").asText()),
                    instant(alert.path("endsAt").asText()),
                    came));
        }
        return alerts;
    }

    /** RFC 3339. */
    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private synchronized void take(List<Arrived> alerts) {
        requests++;
        mostInOne = Math.max(mostInOne, alerts.size());
        alerts.forEach(reader);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
