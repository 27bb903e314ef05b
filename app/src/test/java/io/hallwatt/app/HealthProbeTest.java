package io.hallwatt.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final HttpServer stage = listening();

    @AfterEach
    void stop() {
        stage.stop(0);
    }

    @Test
    void a_stage_that_answers_200_is_ready() {
        answer(200, "{\"status\":\"UP\"}");

        assertThat(ready()).isTrue();
        assertThat(printed.toString(UTF_8)).isEqualToIgnoringNewLines("200 {\"status\":\"UP\"}");
    }

    @Test
    void a_stage_that_answers_503_is_not_and_its_reason_is_printed() {
        answer(503, "the broker is away");

        assertThat(ready()).isFalse();
        assertThat(printed.toString(UTF_8)).isEqualToIgnoringNewLines("503 the broker is away");
    }

    @Test
    void a_stage_that_does_not_listen_is_not_ready() {
        stage.stop(0);

        assertThat(ready()).isFalse();
        assertThat(printed.toString(UTF_8)).contains("no answer");
    }

    private boolean ready() {
        String url = "http://127.0.0.1:" + stage.getAddress().getPort() + "/health/ready";
        return HealthProbe.ready(url, new PrintStream(printed, true, UTF_8));
    }

    private void answer(int status, String body) {
        stage.createContext("/health/ready", exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static HttpServer listening() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException("no loopback port for the test", e);
        }
    }
}
