package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process beside this one that a test ends, in either way, and starts again on what it has kept. */
final class Neighbour implements AutoCloseable {
    private final Path log;
    private final ProcessBuilder program;
    private @Nullable Process process;

    /** @param log where all that it prints is added */
    Neighbour(Path log, ProcessBuilder program) {
        this.log = log;
        this.program = program.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    static boolean installed(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    void start() throws IOException {
        process = program.start();
    }

    /** As an operator does, by SIGTERM. */
    void stop() throws Exception {
        Process ending = running();
        ending.destroy();
        assertThat(ending.waitFor(30, TimeUnit.SECONDS)).as(log()).isTrue();
    }

    /** As the machine does that runs out of memory, by SIGKILL. */
    void kill() throws Exception {
        Process ending = running();
        ending.destroyForcibly();
        assertThat(ending.waitFor(30, TimeUnit.SECONDS)).as(log()).isTrue();
    }

    boolean runs() {
        return process != null && process.isAlive();
    }

    private Process running() throws IOException {
        assertThat(runs()).as(log()).isTrue();
        return Objects.requireNonNull(process);
    }

    String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
