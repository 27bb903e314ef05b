package io.hallwatt.app.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks an Alertmanager. */
public final class AlertmanagerApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port;

    public AlertmanagerApi(int port) {
        this.port = port;
    }

    /** Alerts of that name that fire, as {@code GET /api/v2/alerts} has them; none as long as Alertmanager does not answer. */
    public List<JsonNode> active(String alertname) {
        URI uri = URI.create("http://127.0.0.1:%d/api/v2/alerts?active=true".formatted(port));
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        try {
            List<JsonNode> alerts = new ArrayList<>();
            for (JsonNode alert : JSON.readTree(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body())) {
                if (alert.at("/labels/alertname").asText().equals(alertname)) {
                    alerts.add(alert);
                }
            }
            return alerts;
        } catch (ConnectException | HttpTimeoutException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Alertmanager was asked", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
