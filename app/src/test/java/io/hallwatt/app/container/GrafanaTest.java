package io.hallwatt.app.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Grafana is given can be shown without it: the dashboards ask only for what there is, in words that Prometheus understands. */
class GrafanaTest {
    /** What stages show beside the catalogue. */
    private static final Set<String> OF_THE_STAGES = Set.of(
            "hallwatt_aggregate_lag_records",
            "hallwatt_aggregate_watermark_seconds",
            "hallwatt_alert_evaluation_lag_seconds",
            "hallwatt_alerts",
            "hallwatt_alert_since_seconds",
            "hallwatt_records_total",
            "hallwatt_rejected_total");

    private static final Pattern METRIC = Pattern.compile("\\bhallwatt_\\w+");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"site", "hall"})
    void every_query_names_only_metrics_that_are_exposed(String dashboard) throws IOException {
        Set<String> asked = new TreeSet<>();
        for (String query : queries(dashboard)) {
            METRIC.matcher(query).results().forEach(name -> asked.add(name.group()));
        }

        assertThat(asked).isNotEmpty().isSubsetOf(exposed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "hall"})
    void every_query_is_one_that_prometheus_parses(String dashboard, @TempDir Path folder) throws IOException {
        assumeTrue(
                Command.run(Duration.ofSeconds(10), "promtool", "--version").succeeded(), "promtool is not installed");
        String rules = queries(dashboard).stream()
                .filter(query -> !query.startsWith("label_values("))
                .map(query -> query.replace("$__rate_interval", "8s"))
                .map(query -> "      - record: asked\n        expr: '" + query.replace("'", "''") + "'\n")
                .distinct()
                .collect(Collectors.joining("", "groups:\n  - name: " + dashboard + "\n    rules:\n", ""));
        Path file = Files.writeString(folder.resolve("queries.yml"), rules);

        Command check =
                Command.run(Duration.ofSeconds(30), "promtool", "check", "rules", "--lint=none", file.toString());

        assertThat(check.exit()).as(check.output()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "hall"})
    void each_metric_is_asked_by_labels_that_it_has(String dashboard) throws IOException {
        Pattern selector = Pattern.compile("(hallwatt_\\w+)\\{([^}]*)}");
        for (String query : queries(dashboard)) {
            selector.matcher(query)
                    .results()
                    .forEach(selected -> Metric.named(selected.group(1))
                            .ifPresent(metric -> assertThat(labelsIn(selected.group(2)))
                                    .as(query)
                                    .isSubsetOf(labelsOf(metric))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "hall"})
    void a_dashboard_can_be_provisioned(String dashboard) throws IOException {
        JsonNode board = read(dashboard);

        assertThat(board.get("id").isNull()).as("id belongs to the database").isTrue();
        assertThat(board.get("uid").asText()).isEqualTo("hallwatt-" + dashboard);
        assertThat(board.has("__inputs"))
                .as("__inputs are asked for at an import by hand only")
                .isFalse();
        assertThat(board.findValues("datasource"))
                .isNotEmpty()
                .allMatch(source -> source.get("uid").asText().equals("hallwatt-prometheus"));
        assertThat(datasource()).contains("uid: hallwatt-prometheus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"site", "hall"})
    void panels_have_each_an_id_a_title_and_a_place_of_their_own(String dashboard) throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        read(dashboard).get("panels").forEach(panels::add);

        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels).allMatch(panel -> !panel.get("title").asText().isBlank());
        Set<String> taken = new TreeSet<>();
        for (JsonNode panel : panels) {
            JsonNode place = panel.get("gridPos");
            assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    String cell =
                            (place.get("x").asInt() + x) + "," + (place.get("y").asInt() + y);
                    assertThat(taken.add(cell))
                            .as("%s at %s", panel.get("title"), cell)
                            .isTrue();
                }
            }
        }
    }

    /** Grafana derives {@code $__rate_interval} from it: too small a one asks for a rate over a single sample. */
    @Test
    void grafana_knows_the_interval_at_which_prometheus_scrapes() throws IOException {
        String interval =
                first("scrape_interval: (\\w+)", Files.readString(Checkout.file("deploy/prometheus/prometheus.yml")));

        assertThat(first("timeInterval: (\\w+)", datasource())).isEqualTo(interval);
    }

    private static Set<String> exposed() {
        return Stream.concat(OF_THE_STAGES.stream(), Stream.of(Metric.values()).map(Metric::prometheusName))
                .collect(Collectors.toSet());
    }

    private static Set<String> labelsOf(Metric metric) {
        Set<String> labels = new TreeSet<>(Map.of(
                        Scope.SITE,
                        Set.of("site"),
                        Scope.HALL,
                        Set.of("site", "hall"),
                        Scope.RACK,
                        Set.of("site", "hall", "rack"))
                .get(metric.scope()));
        metric.dimensions().stream().map(Dimension::label).forEach(labels::add);
        return labels;
    }

    private static Set<String> labelsIn(String matchers) {
        return Pattern.compile("(\\w+)\\s*[=!]")
                .matcher(matchers)
                .results()
                .map(label -> label.group(1))
                .collect(Collectors.toSet());
    }

    /** Panels' queries, the annotations' and the variables'. */
    private static List<String> queries(String dashboard) throws IOException {
        List<String> queries = new ArrayList<>(read(dashboard).findValuesAsText("expr"));
        queries.addAll(read(dashboard).get("templating").findValuesAsText("definition"));
        return queries;
    }

    private static JsonNode read(String dashboard) throws IOException {
        return JSON.readTree(Files.readString(Checkout.file("deploy/grafana/dashboards/" + dashboard + ".json")));
    }

    private static String datasource() throws IOException {
        return Files.readString(Checkout.file("deploy/grafana/provisioning/datasources/hallwatt.yml"));
    }

    private static String first(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(pattern + " is nowhere in:\n" + text))
                .group(1);
    }
}
