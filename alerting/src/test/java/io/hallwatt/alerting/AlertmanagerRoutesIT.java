package io.hallwatt.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of deploy/alertmanager, in Alertmanager itself. */
class AlertmanagerRoutesIT {
    private static final Path SHIPPED = Path.of("..", "deploy", "alertmanager", "alertmanager.yml");

    @TempDir
    Path folder;

    @Test
    void a_silent_site_is_one_message_not_one_a_hall() throws Exception {
        assumeTrue(RealAlertmanager.installed(), "prometheus-alertmanager is not installed");
        try (RealAlertmanager alertmanager =
                new RealAlertmanager(folder.resolve("am"), Files.readString(SHIPPED), "on-call")) {
            alertmanager.start();
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> post(
                            alertmanager.url(),
                            IntStream.rangeClosed(1, 8)
                                    .mapToObj(hall -> alert("HallSilent", "\"hall\": \"h0%d\",".formatted(hall)))
                                    .collect(Collectors.joining(",", "[", "]"))));
            await().until(() -> alertmanager.alerts().size() == 8);
            assertThat(post(alertmanager.url(), "[" + alert("SiteSilent", "") + "]"))
                    .isTrue();

            await().atMost(Duration.ofSeconds(20)).until(() -> !alertmanager.notified.isEmpty());
            await().during(Duration.ofSeconds(7))
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(alertmanager.notified).containsExactly("firing s1"));
        }
    }

    @Test
    void a_silent_hall_is_told() throws Exception {
        assumeTrue(RealAlertmanager.installed(), "prometheus-alertmanager is not installed");
        try (RealAlertmanager alertmanager =
                new RealAlertmanager(folder.resolve("am"), Files.readString(SHIPPED), "on-call")) {
            alertmanager.start();
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> post(alertmanager.url(), "[" + alert("HallSilent", "\"hall\": \"h01\",") + "]"));

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(alertmanager.notified).containsExactly("firing h01"));
        }
    }

    /** In requests as large as the stage sends, each with racks of all halls. */
    @Test
    void a_storm_of_all_8000_racks_is_one_message_a_hall() throws Exception {
        assumeTrue(RealAlertmanager.installed(), "prometheus-alertmanager is not installed");
        List<String> alerts = new ArrayList<>();
        for (int rack = 1; rack <= 200; rack++) {
            for (int hall = 1; hall <= 40; hall++) {
                alerts.add("""
                        {"labels": {"alertname": "RackFeedOverload", "site": "s1", "hall": "h%02d", "rack": "r%03d", "feed": "A", "severity": "warning"}}""".formatted(hall, rack));
            }
        }
        try (RealAlertmanager alertmanager =
                new RealAlertmanager(folder.resolve("am"), Files.readString(SHIPPED), "team")) {
            alertmanager.start();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> post(alertmanager.url(), "[]"));
            for (int from = 0; from < alerts.size(); from += 256) {
                List<String> request = alerts.subList(from, Math.min(from + 256, alerts.size()));
                assertThat(post(alertmanager.url(), "[" + String.join(",", request) + "]"))
                        .isTrue();
            }

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(alertmanager.notified).hasSize(8_000));
            assertThat(alertmanager.messages).hasValue(40);
        }
    }

    private static String alert(String name, String hall) {
        return """
                {"labels": {"alertname": "%s", %s "site": "s1", "severity": "critical"}}""".formatted(name, hall);
    }

    private static boolean post(URI alertmanager, String alerts) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(alertmanager.resolve("/api/v2/alerts"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(alerts))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        }
    }
}
