package io.hallwatt.benchmarks.restart;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.Unavailable;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.benchmarks.load.SiteOfRacks;
import io.hallwatt.benchmarks.meter.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How long after {@code kill -9} until the first new metric of a hall: {@code hallwatt demo} runs in a process of its own, is killed, and is started again on the
 * same data directory. The time is the new process's own figure, from its start: broker recovered, state restored, what the dead one left read, readings taken.
 */
public final class RestartRun {
    /** How long the new process goes on, so that its accounts can be closed. */
    private static final Duration AFTER = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 100;

    private final SiteOfRacks size;
    private final double rateHz;
    private final Path directory;

    public RestartRun(SiteOfRacks size, double rateHz, Path directory) {
        this.size = size;
        this.rateHz = rateHz;
        this.directory = directory;
    }

    /**
     * The figures of all restarts, each on what the ones before left.
     *
     * @param ranSeconds            of the process that was killed, its start included
     * @param firstHallMetricMillis from the start of the process to the first metric that it gave, by restart
     * @param accountsHold          whether every new process counted all that it accepted, and had drained when it ended
     */
    public record Result(
            int racks,
            int halls,
            double rateHz,
            double ranSeconds,
            long freshFirstHallMetricMillis,
            List<Long> firstHallMetricMillis,
            boolean accountsHold,
            Machine machine) {
        public Result {
            firstHallMetricMillis = List.copyOf(firstHallMetricMillis);
        }
    }

    /**
     * @param alive   how long each process lives before it is killed
     * @param restarts how many
     */
    public Result measure(Duration alive, int restarts, BooleanSupplier interrupted) throws InterruptedException {
        try {
            Machine machine = Machine.here();
            Path site = Files.writeString(directory.resolve("site.yaml"), size.yaml());
            List<Long> millis = new ArrayList<>();
            boolean hold = true;
            ended(site, "first"); // leaves the archive of classes that every later start of the command has
            long fresh = firstHallMetric(ended(site, "fresh").summary());
            for (int restart = 0; restart < restarts && !interrupted.getAsBoolean(); restart++) {
                Process killed = demo(site, "data", "killed", List.of());
                boolean early = killed.waitFor(alive.toMillis(), TimeUnit.MILLISECONDS);
                if (early) {
                    throw failed("ended before it was killed", "killed");
                }
                killed.destroyForcibly().waitFor();
                Ended restarted = ended(site, "data");
                hold &= restarted.drained() && allCounted(restarted.summary());
                millis.add(firstHallMetric(restarted.summary()));
            }
            return new Result(
                    size.racks(),
                    size.halls(),
                    rateHz,
                    alive.toMillis() / 1000.0,
                    fresh,
                    millis,
                    hold && millis.stream().allMatch(one -> one > 0),
                    machine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long firstHallMetric(JsonNode summary) {
        return summary.path("startup").path("firstHallMetricMillis").asLong(-1);
    }

    private static boolean allCounted(JsonNode summary) {
        JsonNode aggregated = summary.path("aggregated");
        return summary.path("readings").path("accepted").asLong()
                == aggregated.path("readings").asLong()
                        + aggregated.path("duplicates").asLong()
                        + aggregated.path("late").asLong();
    }

    /** How a demo ended by itself. */
    private record Ended(boolean drained, JsonNode summary) {}

    private Ended ended(Path site, String data) throws IOException, InterruptedException {
        Process process = demo(site, data, "ended", List.of("--for", AFTER.toSeconds() + "s", "--json"));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive()) {
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw failed("did not end within " + PATIENCE, "ended");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        int exit = process.exitValue();
        if (exit != 0 && exit != Hallwatt.DOES_NOT_HOLD) {
            throw failed("ended with " + exit, "ended");
        }
        return new Ended(
                exit == 0,
                SummaryJson.read("demo", Files.readString(directory.resolve("ended.out"), StandardCharsets.UTF_8)));
    }

    /** With this process's own JVM options, and with what the command keeps of classes once loaded. */
    private Process demo(Path site, String data, String name, List<String> more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-Xlog:disable",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + directory.resolve("classes.jsa")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Hallwatt.class.getName(), "demo"));
        command.addAll(List.of("--site", site.toString(), "--rate", Double.toString(rateHz), "--port", "0"));
        command.addAll(List.of("--data-dir", directory.resolve(data).toString()));
        command.addAll(more);
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .redirectError(directory.resolve(name + ".err").toFile())
                .start();
    }

    private Unavailable failed(String what, String name) throws IOException {
        return new Unavailable("hallwatt demo %s; it said:%n%s"
                .formatted(what, Files.readString(directory.resolve(name + ".err"), StandardCharsets.UTF_8)));
    }
}
