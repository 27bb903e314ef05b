package io.hallwatt.app.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a Prometheus. */
public final class PrometheusApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port;

    public PrometheusApi(int port) {
        this.port = port;
    }

    /** The series that answer a query now, each an object of {@code metric} and {@code value}; none as long as Prometheus does not answer. */
    public List<JsonNode> query(String promql) {
        URI uri = URI.create(
                "http://127.0.0.1:%d/api/v1/query?query=%s".formatted(port, URLEncoder.encode(promql, UTF_8)));
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            List<JsonNode> series = new ArrayList<>();
            if (answer.statusCode() == 200) {
                JSON.readTree(answer.body()).at("/data/result").forEach(series::add);
            }
            return series;
        } catch (ConnectException | HttpTimeoutException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Prometheus was asked", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
