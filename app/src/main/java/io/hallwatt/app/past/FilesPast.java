package io.hallwatt.app.past;

import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.wire.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The files that {@code replay --out} writes: a topic each, one record a line. */
public final class FilesPast implements Past {
    /** Longer than most lines, so that one look is enough. */
    private static final int TAIL = 1 << 16;

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
    public Optional<Instant> newest() {
        return ENDS.stream()
                .flatMap(topic -> last(topic).stream()
                        .map(line -> Windows.read(topic, line).window().end()))
                .max(Comparator.naturalOrder());
    }

    /** The file's last line: windows of a length are written in their order. */
    private Optional<byte[]> last(Topic topic) {
        Path file = directory.resolve(topic.plainName() + ".jsonl");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            String text = "";
            for (long from = bytes.length(); from > 0 && text.strip().indexOf('\n') < 0; ) {
                from = Math.max(0, from - TAIL);
                byte[] tail = new byte[Math.toIntExact(bytes.length() - from)];
                bytes.seek(from);
                bytes.readFully(tail);
                text = new String(tail, StandardCharsets.UTF_8);
            }
            String line = text.strip();
            String last = line.substring(line.lastIndexOf('\n') + 1);
            return last.isEmpty() ? Optional.empty() : Optional.of(last.getBytes(StandardCharsets.UTF_8));
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
