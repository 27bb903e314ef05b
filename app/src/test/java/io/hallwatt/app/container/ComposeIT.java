package io.hallwatt.app.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** docker-compose.yml as it is in the tree, on a small site. */
@NeedsImages(
        value = {"apache/kafka", "hallwatt", "prom/prometheus", "prom/alertmanager"},
        compose = true)
class ComposeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String OVERLOAD =
            "hallwatt_alerts{alertname=\"RackFeedOverload\",alertstate=\"firing\",hall=\"h03\",rack=\"r017\",feed=\"A\"}";

    @Test
    void
            the_overload_of_the_scenario_is_firing_at_prometheus_and_at_alertmanager_also_after_alerting_was_restarted_and_so_is_a_stage_that_stopped()
                    throws Exception {
        int port = FreePorts.next();
        int alertmanagerPort = FreePorts.next();
        Map<String, String> environment = Map.of(
                "HALLWATT_KAFKA_PORT", Integer.toString(FreePorts.next()),
                "HALLWATT_ALERTING_PORT", Integer.toString(FreePorts.next()),
                "HALLWATT_PROMETHEUS_PORT", Integer.toString(port),
                "HALLWATT_ALERTMANAGER_PORT", Integer.toString(alertmanagerPort),
                "HALLWATT_SITE_FILE",
                        Checkout.file("app/src/test/resources/container/site.yaml")
                                .toString(),
                "HALLWATT_SCENARIO_FILE",
                        Checkout.file("app/src/test/resources/container/overload.yaml")
                                .toString());

        try (Composition composition = Composition.up(
                        "hallwatt-test-" + ProcessHandle.current().pid(), environment);
                PrometheusApi prometheus = new PrometheusApi(port);
                AlertmanagerApi alertmanager = new AlertmanagerApi(alertmanagerPort)) {
            until(composition, () -> assertThat(prometheus.query(OVERLOAD)).hasSize(1));
            until(
                    composition,
                    () -> assertThat(alertmanager.active("RackFeedOverload"))
                            .singleElement()
                            .satisfies(
                                    alert -> assertThat(alert.at("/labels/rack").asText())
                                            .isEqualTo("r017")));
            assertThat(opens(alertmanager
                            .active("RackFeedOverload")
                            .getFirst()
                            .at("/annotations/runbook_url")
                            .asText()))
                    .startsWith("# ");
            composition.restart("alerting");
            until(
                    composition,
                    () -> assertThat(prometheus.query(
                                    "up{job=\"hallwatt\",instance=\"alerting:9464\"} == 1 and on() " + OVERLOAD))
                            .hasSize(1));
            until(
                    composition,
                    () -> assertThat(prometheus.query("up{job=\"hallwatt\"} == 1"))
                            .hasSize(3));
            until(
                    composition,
                    () -> assertThat(prometheus.query("hallwatt_site_it_power_watts > 0"))
                            .hasSize(1));
            composition.stop("ingest");
            until(
                    composition,
                    () -> assertThat(alertmanager.active("HallwattStageDown"))
                            .singleElement()
                            .satisfies(alert -> assertThat(
                                            alert.at("/labels/instance").asText())
                                    .isEqualTo("ingest:9464")));
        }
    }

    /** What a person finds who follows the link. */
    private static String opens(String link) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> page =
                    client.send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).as(link).isEqualTo(200);
            return page.body();
        }
    }

    private static void until(Composition composition, ThrowingRunnable holds) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(holds);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(composition.logs(), e);
        }
    }
}
