package io.hallwatt.alerting.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hallwatt.alerting.evaluate.Evaluation;
import io.hallwatt.alerting.evaluate.Evaluation.Outcome;
import io.hallwatt.alerting.evaluate.HeapMemory;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.evaluate.Windows;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsEndpointIT {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicReference<Instant> now = new AtomicReference<>(Windows.START);
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final Exposition exposition =
            new Exposition(registry, RuleSet.defaults(), false, Duration.ofSeconds(10), now::get);
    private final HttpClient client = HttpClient.newHttpClient();
    private MetricsEndpoint endpoint;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
        checks.put("kafka", () -> true);
        checks.put("streams \"a\"", ready::get);
        checks.put("lag", () -> {
            if (!ready.get()) {
                throw new IllegalStateException("no answer");
            }
            return true;
        });
        endpoint = new MetricsEndpoint(registry, "127.0.0.1", 0, checks);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void serves_the_text_format_and_open_metrics_by_accept() throws Exception {
        show();

        HttpResponse<String> text = get("/metrics");
        HttpResponse<String> open =
                get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");

        assertThat(text.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text.body()).doesNotContain("# EOF");
        assertThat(open.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void every_hall_and_site_metric_is_a_gauge_under_its_catalogue_name() throws Exception {
        show();

        String page = get("/metrics").body();

        assertThat(Arrays.stream(Metric.values()).filter(metric -> metric.scope() != Scope.RACK))
                .allSatisfy(metric -> {
                    assertThat(page).contains("# TYPE " + metric.prometheusName() + " gauge\n");
                    assertThat(page).contains("# HELP " + metric.prometheusName() + " " + metric.help());
                    assertThat(page).contains("\n" + metric.prometheusName() + "{");
                });
        assertThat(page).doesNotContain("hallwatt_rack_");
    }

    @Test
    void series_of_halls_whose_windows_no_longer_come_vanish() throws Exception {
        show();

        now.set(Windows.START.plusSeconds(12));
        String second = get("/metrics").body();
        now.set(Windows.START.plusSeconds(71));
        String minute = get("/metrics").body();

        assertThat(second).doesNotContain("hallwatt_hall_it_power_watts").contains("hallwatt_hall_it_energy_joules{");
        assertThat(minute).doesNotContain("hallwatt_hall_it_energy_joules{");
    }

    @Test
    void reloads_the_rules_on_request_and_lists_what_is_wrong_with_them() throws Exception {
        List<String> faults = new ArrayList<>();
        endpoint.reloadBy(new Reload(() -> List.copyOf(faults), true));

        assertThat(post("/-/reload").statusCode()).isEqualTo(200);
        faults.add("rules.yaml:3:7: expr: what is \"x\"?");
        HttpResponse<String> refused = post("/-/reload");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body()).contains("\"faults\":[\"rules.yaml:3:7: expr: what is \\\"x\\\"?\"]");
    }

    @Test
    void reloads_for_whoever_may_ask_only() throws Exception {
        assertThat(post("/-/reload").statusCode()).isEqualTo(404);
        endpoint.reloadBy(new Reload(
                () -> {
                    throw new AssertionError("nobody may ask");
                },
                false));

        assertThat(get("/-/reload").statusCode()).isEqualTo(405);
        assertThat(get("/-/reload").headers().firstValue("Allow")).contains("POST");
        assertThat(post("/-/reload").statusCode()).isEqualTo(403);
        assertThat(post("/-/reload").body()).contains("--enable-reload");
        endpoint.reloadBy(new Reload(
                () -> {
                    throw new AssertionError("no page of another site may ask");
                },
                true));
        assertThat(post("/-/reload", "Origin", "https://example.org").statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> post(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint.uri().resolve(path)).POST(HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void says_what_is_not_ready() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);

        ready.set(false);
        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"kafka\",\"status\":\"UP\"},{\"name\":\"streams \\\"a\\\"\",\"status\":\"DOWN\"},{\"name\":\"lag\",\"status\":\"DOWN\"}]}");
    }

    @Test
    void names_the_checks_that_were_given_last() throws Exception {
        endpoint.readyWhen(Map.of("alerting", () -> false));

        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"DOWN\",\"checks\":[{\"name\":\"alerting\",\"status\":\"DOWN\"}]}");
    }

    @Test
    void answers_what_is_not_there_with_a_problem() throws Exception {
        HttpResponse<String> missing = get("/metric");
        HttpResponse<String> posted = client.send(
                HttpRequest.newBuilder(at("/metrics"))
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> head =
                client.send(HttpRequest.newBuilder(at("/metrics")).HEAD().build(), BodyHandlers.ofString());

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(missing.body())
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Not found\",\"status\":404,\"detail\":\"Here are /metrics, /health/live and /health/ready\"}");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void a_port_in_use_is_named_with_the_remedy() {
        int port = endpoint.uri().getPort();

        assertThatThrownBy(() -> new MetricsEndpoint(registry, "127.0.0.1", port, Map.of()))
                .isInstanceOf(PortInUse.class)
                .hasMessage(
                        "Port %d is in use (by another program). Choose one with --port, or --port 0 for any.", port);
    }

    @Test
    void promtool_finds_nothing_to_complain_of() throws Exception {
        assumeThat(promtool()).as("promtool is installed").isTrue();
        show();
        Path page =
                Files.writeString(folder.resolve("page.txt"), get("/metrics").body());

        Process check = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(page.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(said).isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    /** The default rules without our own keys: what Prometheus itself would load. */
    private static boolean promtool() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }

    /** A window of a hall and of the site, at each resolution, in which everything is known; and an alert that fires. */
    private void show() {
        for (Resolution resolution : new Resolution[] {Resolution.SECOND, Resolution.MINUTE}) {
            exposition.saw(this, Sight.of(Windows.hall(resolution, 0, everything(Scope.HALL))), Outcome.EVALUATED);
            exposition.saw(this, Sight.of(Windows.site(resolution, 0, everything(Scope.SITE))), Outcome.EVALUATED);
        }
        Evaluation evaluation = new Evaluation(RuleSet.defaults(), new HeapMemory(), exposition.watcher(this));
        evaluation.close(Sight.of(Windows.racks(0, Metric.RACK_FEED_LOAD, "A", 0.9)), exposition::told);
        evaluation.close(Sight.of(Windows.site(Resolution.SECOND, 0, Quantities.NONE)), exposition::told);
    }

    private static Quantities everything(Scope scope) {
        Quantities.Builder quantities = Quantities.builder();
        for (Metric metric : Metric.values()) {
            if (metric.scope() == scope) {
                String key = metric.dimensions().stream().map(d -> "x1").collect(Collectors.joining("/"));
                quantities.put(metric, key, 0.25);
            }
        }
        return quantities.build();
    }

    private URI at(String path) {
        return endpoint.uri().resolve(path);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
