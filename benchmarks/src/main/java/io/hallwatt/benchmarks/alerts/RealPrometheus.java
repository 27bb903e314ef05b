package io.hallwatt.benchmarks.alerts;

import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.config.Durations;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real Prometheus in a process of its own, scraping one page and evaluating one rule file. */
final class RealPrometheus implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final Process process;
    private final Path log;

    /** The program, where it is on the path. */
    static Optional<Path> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * @param folder       of its own
     * @param every        between scrapes, and between evaluations
     * @param page         what it scrapes
     * @param alertmanager where it tells
     * @param rules        a rule file that it understands
     */
    RealPrometheus(Path program, Path folder, Duration every, URI page, URI alertmanager, String rules) {
        String interval = Durations.format(every);
        log = folder.resolve("prometheus.log");
        try {
            Files.createDirectories(folder);
            Path ruleFile = Files.writeString(folder.resolve("rules.yaml"), rules);
            Path config = Files.writeString(folder.resolve("prometheus.yaml"), """
                    global: {scrape_interval: %s, evaluation_interval: %s, scrape_timeout: %s}
                    rule_files: ['%s']
                    scrape_configs:
                      - job_name: hallwatt
                        metrics_path: '%s'
                        static_configs: [{targets: ['%s']}]
                    alerting:
                      alertmanagers:
                        - static_configs: [{targets: ['%s']}]
                    """.formatted(
                            interval,
                            interval,
                            interval,
                            ruleFile,
                            page.getPath(),
                            page.getAuthority(),
                            alertmanager.getAuthority()));
            process = new ProcessBuilder(List.of(
                            program.toString(),
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:0",
                            "--log.level=warn"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Unavailable with what it said, if it has ended by itself */
    void failIfEnded() {
        if (!process.isAlive()) {
            throw new Unavailable("Prometheus ended with %d; it said:%n%s".formatted(process.exitValue(), said()));
        }
    }

    private String said() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
