package io.hallwatt.ingest.replay;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.Rejected;
import io.hallwatt.ingest.replay.ReplayListener.FileSummary;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How far one file is, and what became of its rows. */
final class FileTally {
    private final String file;
    private final long bytes;
    private long bytesDone;
    private long taken;
    private final Map<RejectCode, Long> refused = new EnumMap<>(RejectCode.class);

    FileTally(String file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    void reached(long position) {
        bytesDone = position;
    }

    /** A sorted file was read at once: how far it is, is how many of its rows are given. */
    void reachedPart(long rows, long ofRows) {
        bytesDone = (long) ((double) bytes * rows / ofRows);
    }

    void taken() {
        taken++;
    }

    void refused(Rejected rejected) {
        refused.merge(rejected.code(), 1L, Long::sum);
    }

    long bytes() {
        return bytes;
    }

    long bytesDone() {
        return bytesDone;
    }

    FileSummary summary() {
        return new FileSummary(file, taken, new TreeMap<>(refused));
    }
}
