package io.hallwatt.alerting.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes posts on loopback. */
final class StubReceiver implements AutoCloseable {
    /** One post. */
    record Got(String path, String host, String signature, String delivery, String body) {}

    final List<Got> got = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    volatile String location = "";
    /** Zero: answers at once. */
    volatile CountDownLatch answersAfter = new CountDownLatch(0);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    StubReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:%d/hooks/ops?key=1".formatted(port()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            got.add(new Got(
                    exchange.getRequestURI().toString(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Host")),
                    String.valueOf(exchange.getRequestHeaders().getFirst(Signature.HEADER)),
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Hallwatt-Delivery")),
                    body));
            answersAfter.await();
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().set("Location", location);
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        answersAfter.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
