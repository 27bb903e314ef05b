package io.hallwatt.alerting.webhook;

import static io.hallwatt.alerting.webhook.Transitions.SINCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.alerting.links.Links;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.config.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PayloadTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Links CONSOLE = new Links(URI.create("https://hallwatt.example/"), null);
    private static final Instant SENT = SINCE.plusSeconds(6);

    @Test
    void an_alert_that_fires_reads_as_one_of_alertmanagers() throws Exception {
        JsonNode body = JSON.readTree(Payload.write(Transitions.fires("r001"), "ops", CONSOLE, SENT));

        assertThat(body).isEqualTo(JSON.readTree("""
                {
                  "version": "4",
                  "groupKey": "{}:{fingerprint=\\"fp-r001\\"}",
                  "truncatedAlerts": 0,
                  "status": "firing",
                  "receiver": "ops",
                  "groupLabels": {"alertname": "Hot"},
                  "commonLabels": {"alertname": "Hot", "hall": "h01", "rack": "r001", "severity": "critical"},
                  "commonAnnotations": {"link": "https://hallwatt.example/halls/h01", "summary": "\\"too hot\\""},
                  "externalURL": "https://hallwatt.example/",
                  "alerts": [{
                    "status": "firing",
                    "labels": {"alertname": "Hot", "hall": "h01", "rack": "r001", "severity": "critical"},
                    "annotations": {"link": "https://hallwatt.example/halls/h01", "summary": "\\"too hot\\""},
                    "startsAt": "2026-01-15T12:00:00Z",
                    "endsAt": "0001-01-01T00:00:00Z",
                    "generatorURL": "https://hallwatt.example/alerts#fp-r001",
                    "fingerprint": "fp-r001"
                  }],
                  "delivery": {"id": "%s", "sentAt": "2026-01-15T12:00:06Z"},
                  "transition": {"from": "pending", "to": "firing", "at": "2026-01-15T12:00:05Z", "value": 31.5, "threshold": 27.0}
                }
                """.formatted(DeliveryId.of(Transitions.fires("r001")))));
    }

    @Test
    void its_end_has_the_same_beginning_and_fingerprint() throws Exception {
        JsonNode body = JSON.readTree(Payload.write(Transitions.ends("r001"), "ops", Links.NONE, SENT));

        assertThat(body.at("/status").asText()).isEqualTo("resolved");
        assertThat(body.at("/alerts/0/startsAt").asText()).isEqualTo("2026-01-15T12:00:00Z");
        assertThat(body.at("/alerts/0/endsAt").asText()).isEqualTo("2026-01-15T12:01:30Z");
        assertThat(body.at("/alerts/0/generatorURL").asText()).isEmpty();
        assertThat(body.at("/transition").has("threshold")).isFalse();
    }

    @Test
    void a_delivery_keeps_its_id_over_attempts_and_two_have_not_the_same() {
        assertThat(DeliveryId.of(Transitions.fires("r001")))
                .hasToString(DeliveryId.of(Transitions.fires("r001")).toString())
                .isNotEqualTo(DeliveryId.of(Transitions.ends("r001")))
                .isNotEqualTo(DeliveryId.of(Transitions.fires("r002")));
        assertThat(DeliveryId.of(Transitions.fires("r001")).version()).isEqualTo(8);
        assertThat(DeliveryId.of(Transitions.fires("r001")).variant()).isEqualTo(2);
    }

    /** Test case 2 of RFC 4231 §4.3. */
    @Test
    void the_signature_is_hmac_sha_256() {
        byte[] body = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);

        assertThat(Signature.of(body, new Secret("Jefe")))
                .isEqualTo("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void the_schema_names_each_member_and_no_other() throws Exception {
        JsonNode schema = JSON.readTree(Files.readString(Path.of("..", "docs", "schemas", "webhook.schema.json")));
        JsonNode body = JSON.readTree(Payload.write(Transitions.fires("r001"), "ops", CONSOLE, SENT));

        for (String place : List.of("", "/alerts/0", "/delivery", "/transition")) {
            String within = place.isEmpty()
                    ? ""
                    : place.equals("/alerts/0") ? "/properties/alerts/items" : "/properties" + place;
            assertThat(names(schema.at(within + "/properties"))).as(place).isEqualTo(names(body.at(place)));
        }
    }

    @Test
    void an_attempt_waits_longer_each_time_until_the_time_is_over() {
        Duration most = Duration.ofMinutes(2);
        List<Long> waits = new ArrayList<>();
        Duration spent = Duration.ZERO;
        int failures = 1;
        while (Retry.after(failures, spent, most).isPresent()) {
            Duration wait = Retry.after(failures, spent, most).orElseThrow();
            waits.add(wait.toSeconds());
            spent = spent.plus(wait);
            failures++;
        }

        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 57L);
    }

    @Test
    void only_what_can_be_different_later_is_tried_again() {
        assertThat(List.of(200, 202, 204)).allMatch(status -> Outcome.of(status) instanceof Outcome.Accepted);
        assertThat(List.of(408, 425, 429, 500, 503)).allMatch(status -> Outcome.of(status) instanceof Outcome.TryAgain);
        assertThat(List.of(301, 302, 400, 401, 404, 410))
                .allMatch(status -> Outcome.of(status) instanceof Outcome.Rejected);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void a_state_that_alertmanager_does_not_know_is_told_by_its_own_name() throws Exception {
        JsonNode body = JSON.readTree(Payload.write(
                Transitions.of("r001", AlertState.FIRING, AlertState.UNKNOWN, SENT), "ops", CONSOLE, SENT));

        assertThat(body.at("/status").asText()).isEqualTo("unknown");
        assertThat(body.at("/alerts/0/endsAt").asText()).isEqualTo("0001-01-01T00:00:00Z");
    }
}
