package io.hallwatt.app.pipeline;

import io.hallwatt.app.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data directory of a run: one that was named and stays, or a temporary one that goes with the run. */
public final class WorkingDirectory implements AutoCloseable {
    private final Path path;
    private final boolean temporary;

    private WorkingDirectory(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /** @param named null: a temporary one */
    public static WorkingDirectory of(@Nullable Path named) {
        if (named != null) {
            return new WorkingDirectory(named.toAbsolutePath().normalize(), false);
        }
        try {
            return new WorkingDirectory(Files.createTempDirectory("hallwatt-"), true);
        } catch (IOException e) {
            throw new Unavailable(
                    "No temporary directory can be made in %s: %s. Name one with --data-dir."
                            .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
                    e);
        }
    }

    public Path path() {
        return path;
    }

    /** Whether nothing was ever kept here. */
    public boolean fresh() {
        return !Files.exists(path.resolve("kafka"));
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path one : deepestFirst) {
                Files.deleteIfExists(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed".formatted(path), e);
        }
    }
}
