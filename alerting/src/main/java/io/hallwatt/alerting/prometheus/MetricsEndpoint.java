package io.hallwatt.alerting.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hallwatt.alerting.reload.LiveRules;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics}, {@code /health/live} and {@code /health/ready} over HTTP, for every stage's process, {@code GET /rules} and {@code POST /-/reload} where there are rules. Serves from its construction on. Errors are RFC
 * 9457's problem+json.
 */
public final class MetricsEndpoint implements AutoCloseable {
    /** Requests served at a time; the next is asked to come again. */
    private static final int MOST_AT_A_TIME = 32;

    static {
        // The JDK's server reads its limits once, from system properties; without them a client that sends a byte a
        // minute holds a connection for ever.
        limit("sun.net.httpserver.maxReqTime", "10");
        limit("sun.net.httpserver.maxRspTime", "60");
        limit("sun.net.httpserver.maxReqHeaders", "64");
        limit("sun.net.httpserver.maxReqHeaderSize", "16384");
        limit("sun.net.httpserver.maxConnections", "256");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MOST_AT_A_TIME);
    private final PrometheusMeterRegistry registry;
    private final String host;
    private volatile Map<String, BooleanSupplier> readyChecks;
    private volatile @Nullable Reload reload;
    private volatile @Nullable Supplier<LiveRules.Running> rules;

    /**
     * @param port        0 for any
     * @param readyChecks by name, asked at each {@code /health/ready}; all must hold
     * @throws PortInUse   if another program has the port
     * @throws IOException if the host is not one of this machine's
     */
    public MetricsEndpoint(
            PrometheusMeterRegistry registry, String host, int port, Map<String, BooleanSupplier> readyChecks)
            throws IOException {
        this.registry = registry;
        this.host = host;
        this.readyChecks = new LinkedHashMap<>(readyChecks);
        try {
            this.server = HttpServer.create(new InetSocketAddress(host, port), 64);
        } catch (BindException e) {
            String reason = String.valueOf(e.getMessage());
            throw reason.contains("in use")
                    ? new PortInUse(port, e)
                    : new IOException("%s:%d: %s".formatted(host, port, reason), e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Where it listens: {@code http://127.0.0.1:9464}. */
    public URI uri() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://%s:%d".formatted(name, server.getAddress().getPort()));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!places.tryAcquire()) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                Answer.problem(503, "Busy", "%d requests are being served; come again".formatted(MOST_AT_A_TIME))
                        .send(exchange);
                return;
            }
            try {
                answer(exchange).send(exchange);
            } finally {
                places.release();
            }
        }
    }

    /** From now on {@code /health/ready} asks these, by name. */
    public void readyWhen(Map<String, BooleanSupplier> checks) {
        readyChecks = new LinkedHashMap<>(checks);
    }

    /** From now on {@code POST /-/reload} does this. */
    public void reloadBy(Reload how) {
        reload = how;
    }

    /** From now on {@code GET /rules} tells these. */
    public void rulesFrom(Supplier<LiveRules.Running> running) {
        rules = running;
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Reload known = reload;
        if (path.equals(Reload.PATH) && known != null) {
            return known.answer(exchange);
        }
        Supplier<LiveRules.Running> running = rules;
        boolean page = path.equals("/metrics")
                || path.equals("/health/live")
                || path.equals("/health/ready")
                || (path.equals(RulesPage.PATH) && running != null);
        if (!page) {
            return Answer.problem(
                    404,
                    "Not found",
                    running == null
                            ? "Here are /metrics, /health/live and /health/ready"
                            : "Here are /metrics, /rules, /health/live and /health/ready");
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.problem(405, "Method not allowed", "Only GET and HEAD are answered here");
        }
        if (path.equals(RulesPage.PATH) && running != null) {
            return RulesPage.of(running.get());
        }
        return switch (path) {
            case "/metrics" -> scrape(exchange);
            case "/health/live" -> Answer.json(200, "{\"status\":\"UP\",\"checks\":[]}");
            default -> ready();
        };
    }

    private Answer scrape(HttpExchange exchange) throws IOException {
        ExpositionFormat format =
                ExpositionFormat.wanted(exchange.getRequestHeaders().getFirst("Accept"));
        ByteArrayOutputStream page = new ByteArrayOutputStream(64 * 1024);
        registry.scrape(page, format.contentType());
        return new Answer(200, format.contentType(), page.toByteArray());
    }

    private Answer ready() {
        Map<String, Boolean> results = new LinkedHashMap<>();
        readyChecks.forEach((name, check) -> results.put(name, holds(check)));
        boolean ready = !results.containsValue(false);
        String checks = results.entrySet().stream()
                .map(check -> "{\"name\":%s,\"status\":\"%s\"}"
                        .formatted(Answer.quoted(check.getKey()), check.getValue() ? "UP" : "DOWN"))
                .collect(Collectors.joining(","));
        return Answer.json(
                ready ? 200 : 503, "{\"status\":\"%s\",\"checks\":[%s]}".formatted(ready ? "UP" : "DOWN", checks));
    }

    /** A check that fails to answer does not hold. */
    @SuppressWarnings("CatchAndPrintStackTrace") // nothing is printed: the answer itself is the report
    private static boolean holds(BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
