package io.hallwatt.app.pipeline;

import io.hallwatt.app.Unavailable;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.contract.Rejected;
import io.hallwatt.contract.config.FileTrouble;
import io.hallwatt.ingest.replay.ReplayListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes each refused row to {@code rejected.jsonl} as it comes, and tells everything on to another listener. */
public final class RefusedRows implements ReplayListener, AutoCloseable {
    private final ReplayListener next;
    private final @Nullable BufferedWriter file;

    /**
     * @param directory where the file goes; null: no file
     * @throws Unavailable if it cannot be written
     */
    public RefusedRows(@Nullable Path directory, ReplayListener next) {
        this.next = next;
        this.file = directory == null ? null : open(directory);
    }

    /** A row, refused. {@code line} is 0 where the origin names none. */
    private record Line(String file, long line, String code, String reason, String original) {
        static Line of(Rejected rejected) {
            String origin = rejected.origin();
            int colon = origin.lastIndexOf(':');
            String number = origin.substring(colon + 1);
            boolean numbered = colon > 0 && number.matches("\\d{1,18}");
            return new Line(
                    numbered ? origin.substring(0, colon) : origin,
                    numbered ? Long.parseLong(number) : 0,
                    rejected.code().name(),
                    rejected.reason(),
                    new String(rejected.original(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public synchronized void refused(Rejected rejected) {
        next.refused(rejected);
        if (file != null) {
            try {
                file.write(SummaryJson.line(Line.of(rejected)));
                file.newLine();
            } catch (IOException e) {
                throw new Unavailable("rejected.jsonl cannot be written: %s".formatted(FileTrouble.of(e)), e);
            }
        }
    }

    @Override
    public void progress(Progress progress) {
        next.progress(progress);
    }

    @Override
    public void ended(FileSummary summary) {
        next.ended(summary);
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new Unavailable("rejected.jsonl cannot be written: %s".formatted(FileTrouble.of(e)), e);
            }
        }
    }

    private static BufferedWriter open(Path directory) {
        try {
            Files.createDirectories(directory);
            return Files.newBufferedWriter(directory.resolve("rejected.jsonl"));
        } catch (IOException e) {
            throw new Unavailable(
                    "%s cannot be written: %s. Choose another --out.".formatted(directory, FileTrouble.of(e)), e);
        }
    }
}
