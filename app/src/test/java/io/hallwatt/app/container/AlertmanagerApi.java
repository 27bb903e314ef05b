package io.hallwatt.app.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.contract.peer.JsonApi;
import java.util.ArrayList;
import java.util.List;

/** Asks an Alertmanager. */
public final class AlertmanagerApi implements AutoCloseable {
    private final JsonApi api;

    public AlertmanagerApi(int port) {
        this.api = new JsonApi(port);
    }

    /** Alerts of that name that fire, as {@code GET /api/v2/alerts} has them; none as long as Alertmanager does not answer. */
    public List<JsonNode> active(String alertname) {
        List<JsonNode> alerts = new ArrayList<>();
        for (JsonNode alert : api.get("/api/v2/alerts?active=true")) {
            if (alert.at("/labels/alertname").asText().equals(alertname)) {
                alerts.add(alert);
            }
        }
        return alerts;
    }

    @Override
    public void close() {
        api.close();
    }
}
