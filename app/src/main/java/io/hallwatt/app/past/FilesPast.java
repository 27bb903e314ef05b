package io.hallwatt.app.past;

import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.wire.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The files that {@code replay --out} writes: a topic each, one record a line. */
public final class FilesPast implements Past {
    private final Path directory;
    private final List<BufferedReader> open = new ArrayList<>();

    public FilesPast(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<Iterator<byte[]>> sequences(Topic topic, Instant from) {
        Path file = directory.resolve(topic.plainName() + ".jsonl");
        if (!Files.isRegularFile(file)) {
            throw new InvalidInput(
                    "%s: no such file. --input names a folder that hallwatt replay --out wrote.".formatted(file));
        }
        try {
            BufferedReader reader = Files.newBufferedReader(file);
            open.add(reader);
            return List.of(reader.lines()
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .iterator());
        } catch (IOException e) {
            throw new InvalidInput("%s: cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    @Override
    public void close() {
        try {
            for (BufferedReader reader : open) {
                reader.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
