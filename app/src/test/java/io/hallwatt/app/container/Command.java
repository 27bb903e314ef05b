package io.hallwatt.app.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param exit its exit code; 127 where there is no such program, 124 where it took too long and was ended
 * @param output what it printed, standard output and standard error together
 */
record Command(int exit, String output) {
    boolean succeeded() {
        return exit == 0;
    }

    static Command run(Duration patience, Map<String, String> environment, List<String> words) {
        try {
            Path output = Files.createTempFile("command", ".log");
            try {
                ProcessBuilder builder = new ProcessBuilder(words)
                        .directory(Checkout.file("").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    return new Command(process.exitValue(), Files.readString(output));
                }
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return new Command(
                        124, "%s took longer than %s%n%s".formatted(words, patience, Files.readString(output, UTF_8)));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            return new Command(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + words + " ran", e);
        }
    }

    static Command run(Duration patience, String... words) {
        return run(patience, Map.of(), List.of(words));
    }
}
