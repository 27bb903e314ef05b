package io.hallwatt.app.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.contract.peer.JsonApi;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/** Asks a Prometheus. */
public final class PrometheusApi implements AutoCloseable {
    private final JsonApi api;

    public PrometheusApi(int port) {
        this.api = new JsonApi(port);
    }

    /** The series that answer a query now, each an object of {@code metric} and {@code value}; none as long as Prometheus does not answer. */
    public List<JsonNode> query(String promql) {
        List<JsonNode> series = new ArrayList<>();
        api.get("/api/v1/query?query=" + URLEncoder.encode(promql, UTF_8))
                .at("/data/result")
                .forEach(series::add);
        return series;
    }

    @Override
    public void close() {
        api.close();
    }
}
