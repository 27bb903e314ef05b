package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.app.command.Defaults;
import io.hallwatt.app.pipeline.LocalKafka;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.app.pipeline.Run;
import io.hallwatt.app.pipeline.Stages;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.docs.GeneratedFile;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.simulate.Pace;
import io.hallwatt.ingest.simulate.SimulatedSource;
import io.hallwatt.ingest.simulate.Simulation;
import io.hallwatt.ingest.simulate.SimulationConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What /metrics says beside the catalogue: a page generated from a real scrape of a run that did a little of everything. */
class OwnMetricsIT {
    private static final Instant START = Instant.parse("2026-03-01T11:59:30Z");
    private static final Pattern COMMENT = Pattern.compile("# (?<kind>HELP|TYPE) (?<name>\\S+) (?<text>.*)");
    private static final Pattern SAMPLE = Pattern.compile("(?<name>[a-zA-Z0-9_:]+)\\{(?<labels>.*)} \\S+");
    private static final Pattern LABEL = Pattern.compile("(?<name>[a-zA-Z0-9_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    /** One family of series. */
    private static final class Family {
        private String help = "";
        private String type = "";
        private final TreeSet<String> labels = new TreeSet<>();
    }

    @Test
    void docs_reference_own_metrics_is_current(@TempDir Path folder) throws Exception {
        Map<String, Family> families = families(scrape(folder));
        for (Metric metric : Metric.values()) {
            families.remove(metric.prometheusName());
        }
        families.remove("hallwatt_hall_estimated"); // there while something is; the catalogue's page has them
        families.remove("hallwatt_site_estimated");
        StringBuilder page = new StringBuilder("""
                # What the pipeline says of itself

                Generated from a scrape of `/metrics`; do not edit. Beside these there are the metrics of the site ([metrics.md](metrics.md)) and those of the Java
                machine and the process (`jvm_…`, `process_…`, `system_…`). A name that ends in `_total` counts up from 0 at each start. Where several instances of a
                stage run, each shows its share.

                | metric | type | labels | what |
                |---|---|---|---|
                """);
        families.forEach((name, family) -> page.append("| `%s` | %s | %s | %s |\n"
                .formatted(
                        name,
                        family.type,
                        ofAlerts(name) ? "the alert's" : String.join(", ", family.labels),
                        family.help.replace("|", "\\|"))));

        assertThat(families).containsKeys("hallwatt_alerts", "hallwatt_alert_transitions_total");
        assertThat(families.values()).as("each says what it is").noneMatch(family -> family.help.isBlank());
        GeneratedFile.isCurrent("docs/reference/own-metrics.md", page.toString());
    }

    /** Which labels these have depends on what happens to last when the scrape comes. */
    private static boolean ofAlerts(String name) {
        return name.equals("hallwatt_alerts") || name.equals("hallwatt_alert_since_seconds");
    }

    private static Map<String, Family> families(String scrape) {
        Map<String, Family> families = new TreeMap<>();
        scrape.lines().filter(line -> line.contains("hallwatt_")).forEach(line -> {
            Matcher comment = COMMENT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (comment.matches()) {
                Family family = families.computeIfAbsent(comment.group("name"), name -> new Family());
                if (comment.group("kind").equals("HELP")) {
                    family.help = comment.group("text");
                } else {
                    family.type = comment.group("text");
                }
            } else if (sample.matches()) {
                Family family = families.get(sample.group("name"));
                if (family != null) {
                    LABEL.matcher(sample.group("labels")).results().forEach(label -> family.labels.add(label.group(1)));
                }
            }
        });
        return families;
    }

    private static String scrape(Path folder) throws InterruptedException, IOException {
        InstantSource clock = InstantSource.system();
        Site site = Sites.small();
        SimulationConfig config = SimulationConfig.DEFAULTS
                .withSeed(7)
                .withStart(START)
                .withLength(Duration.ofMinutes(2))
                .withPace(Pace.AS_FAST_AS_POSSIBLE);
        SimulatedSource source = new SimulatedSource(Simulation.begin(site, config, START), config.pace(), clock);
        AggregateConfig aggregate =
                AggregateConfig.DEFAULTS.with(folder.resolve("aggregate")).with(AggregateConfig.WallClock.EVENT_TIME);
        try (LocalKafka kafka = LocalKafka.start(folder, TopicLayout.DEFAULTS.keepingForever(), () -> site);
                Metrics metrics = Metrics.open("127.0.0.1", 0);
                Ingest ingest =
                        new Ingest(IngestConfig.DEFAULTS, kafka.settings(), site, source, metrics.registry(), clock)) {
            ingest.run();
            try (Stages stages = Stages.start(
                            metrics,
                            aggregate,
                            Defaults.alerting(folder),
                            RuleSource.DEFAULTS,
                            kafka.settings(),
                            clock);
                    Run run = Run.begin(stages, kafka.settings(), clock, true, false, () -> false)) {
                assertThat(run.drain(ingest.counts(), true, () -> false)).isTrue();
                get(metrics.uri()); // series by hall are there from the second scrape on
                return get(metrics.uri());
            }
        }
    }

    private static String get(URI page) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                .body();
    }
}
