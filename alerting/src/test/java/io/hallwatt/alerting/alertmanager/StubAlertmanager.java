package io.hallwatt.alerting.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Alertmanager's API v2 as far as it is sent to: of a request with something wrong in it, it takes what is right and answers 400. */
final class StubAlertmanager implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Requests in the order in which they came: each the alerts in it. */
    final List<List<JsonNode>> requests = new CopyOnWriteArrayList<>();

    /** By rack. */
    final Map<String, JsonNode> known = new ConcurrentHashMap<>();

    final List<String> authorizations = new CopyOnWriteArrayList<>();
    final Set<String> refusedRacks = ConcurrentHashMap.newKeySet();
    volatile int status = 200;
    volatile long delayMillis;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    StubAlertmanager() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** @param clientsToo whether clients must show a certificate that the context trusts */
    StubAlertmanager(SSLContext tls, boolean clientsToo) throws IOException {
        this(tls(tls, clientsToo));
    }

    private StubAlertmanager(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private static HttpServer tls(SSLContext context, boolean clientsToo) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(clientsToo);
                parameters.setSSLParameters(ssl);
            }
        });
        return server;
    }

    URI url() {
        return URI.create("%s://localhost:%d"
                .formatted(
                        server instanceof HttpsServer ? "https" : "http",
                        server.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")
                    || !exchange.getRequestURI().getPath().endsWith("/api/v2/alerts")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            List<JsonNode> alerts = new ArrayList<>();
            JSON.readTree(exchange.getRequestBody().readAllBytes()).forEach(alerts::add);
            requests.add(alerts);
            if (delayMillis > 0) {
                Thread.sleep(delayMillis);
            }
            int answer = status;
            if (answer == 200) {
                for (JsonNode alert : alerts) {
                    String rack = alert.at("/labels/rack").asText();
                    if (refusedRacks.contains(rack)) {
                        answer = 400;
                    } else {
                        known.put(rack, alert);
                    }
                }
            }
            byte[] body = (answer == 200 ? "" : "\"invalid label set\"").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
