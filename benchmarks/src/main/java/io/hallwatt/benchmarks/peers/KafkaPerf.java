package io.hallwatt.benchmarks.peers;

import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.ingest.IngestConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Kafka's own benchmarks (kafka-producer-perf-test, kafka-consumer-perf-test), each in a process of its own, as they are always run. */
final class KafkaPerf {
    private static final Pattern PRODUCED =
            Pattern.compile("(\\d+) records sent, ([\\d.]+) records/sec \\([^)]*\\), .* 99\\.9th\\.");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final KafkaSettings kafka;
    private final Path directory;

    KafkaPerf(KafkaSettings kafka, Path directory) {
        this.kafka = kafka;
        this.directory = directory;
    }

    record Figures(long records, long recordsPerSecond, double seconds, double cpuSeconds) {}

    /**
     * Writes records picked at random from those given, with ingest's own producer settings.
     *
     * @param payloads one record a line
     */
    Figures produce(String topic, long records, List<byte[]> payloads, IngestConfig ingest)
            throws InterruptedException {
        Path file = directory.resolve("payloads.jsonl");
        try (var out = Files.newOutputStream(file)) {
            for (byte[] payload : payloads) {
                out.write(payload);
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.PRODUCER);
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        properties.put("linger.ms", ingest.linger().toMillis());
        properties.put("batch.size", ingest.batchBytes());
        properties.put("buffer.memory", ingest.bufferBytes());
        properties.put("compression.type", ingest.compression());
        List<String> words = new ArrayList<>(List.of(
                "--topic",
                topic,
                "--num-records",
                Long.toString(records),
                "--throughput",
                "-1",
                "--payload-file",
                file.toString(),
                "--producer-props"));
        properties.forEach((name, value) -> words.add(name + "=" + value));
        Ran ran = run("org.apache.kafka.tools.ProducerPerformance", words);
        Matcher last = null;
        for (String line : ran.lines()) {
            Matcher matcher = PRODUCED.matcher(line);
            last = matcher.find() ? matcher : last;
        }
        if (last == null) {
            throw told("kafka-producer-perf-test", ran);
        }
        double perSecond = Double.parseDouble(last.group(2));
        return new Figures(records, Math.round(perSecond), records / perSecond, ran.cpuSeconds());
    }

    /** Reads so many records from the topic's beginning. */
    Figures consume(String topic, long records) throws InterruptedException {
        Ran ran = run(
                "org.apache.kafka.tools.ConsumerPerformance",
                List.of(
                        "--bootstrap-server",
                        kafka.bootstrapServers(),
                        "--topic",
                        topic,
                        "--num-records",
                        Long.toString(records),
                        "--hide-header"));
        // start.time, end.time, data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec, rebalance.time.ms,
        // fetch.time.ms, fetch.MB.sec, fetch.nMsg.sec
        for (String line : ran.lines()) {
            String[] columns = line.split(",\\s*", -1);
            if (columns.length == 10) {
                long read = Long.parseLong(columns[4].trim());
                double perSecond = Double.parseDouble(columns[9].trim());
                return new Figures(read, Math.round(perSecond), read / perSecond, ran.cpuSeconds());
            }
        }
        throw told("kafka-consumer-perf-test", ran);
    }

    private record Ran(List<String> lines, double cpuSeconds) {}

    private Ran run(String mainClass, List<String> words) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(words);
        Path out = directory.resolve("perf.out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            double cpu = 0;
            while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
                cpu = process.info()
                        .totalCpuDuration()
                        .map(used -> used.toNanos() / 1e9)
                        .orElse(cpu);
                if (System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new IllegalStateException("%s did not end within %s".formatted(mainClass, PATIENCE));
                }
            }
            return new Ran(Files.readAllLines(out, StandardCharsets.UTF_8), cpu);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException told(String name, Ran ran) {
        return new IllegalStateException("%s gave no figures; it said:%n%s"
                .formatted(name, ran.lines().stream().limit(40).collect(Collectors.joining("\n"))));
    }
}
