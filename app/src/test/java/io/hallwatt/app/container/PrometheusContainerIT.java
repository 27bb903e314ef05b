package io.hallwatt.app.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallwatt.app.pipeline.Metrics;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** The page of a stage, read by a real Prometheus. */
@NeedsImages("prom/prometheus")
class PrometheusContainerIT {
    @Test
    void prometheus_reads_the_page_of_a_stage() throws Exception {
        int port = FreePorts.next();
        try (Metrics metrics = Metrics.open("127.0.0.1", 0);
                GenericContainer<?> container = prometheus(metrics.uri().getPort(), port);
                PrometheusApi prometheus = new PrometheusApi(port)) {
            Counter.builder("hallwatt.records")
                    .tags("stage", "ingest", "result", "accepted")
                    .register(metrics.registry())
                    .increment(8_000);
            container.start();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(prometheus.query("hallwatt_records_total{stage=\"ingest\"}"))
                            .singleElement()
                            .satisfies(series ->
                                    assertThat(series.at("/value/1").asText()).isEqualTo("8000")));
            assertThat(prometheus.query("jvm_memory_used_bytes")).isNotEmpty();
        }
    }

    /** On the host's network: there it reaches a page that is served to this machine only. */
    private static GenericContainer<?> prometheus(int page, int port) throws Exception {
        String scrapes = """
                global: { scrape_interval: 1s, scrape_timeout: 1s }
                scrape_configs:
                  - job_name: hallwatt
                    static_configs: [ { targets: ["127.0.0.1:%d"] } ]
                """.formatted(page);
        return new GenericContainer<>(DockerImageName.parse(ComposeFile.read().image("prom/prometheus")))
                .withNetworkMode("host")
                .withCopyToContainer(Transferable.of(scrapes), "/etc/prometheus/prometheus.yml")
                .withCommand(
                        "--config.file=/etc/prometheus/prometheus.yml",
                        "--storage.tsdb.path=/prometheus",
                        "--web.listen-address=127.0.0.1:" + port);
    }
}
