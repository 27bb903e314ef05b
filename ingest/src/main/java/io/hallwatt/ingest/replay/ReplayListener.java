package io.hallwatt.ingest.replay;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.Rejected;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Is told how a replay goes, on the thread that reads. */
public interface ReplayListener {
    /** A line that gave no reading; its origin is {@code file:line}. */
    void refused(Rejected rejected);

    /** After each batch. */
    void progress(Progress progress);

    /** A file is read to its end. */
    void ended(FileSummary summary);

    /** Who does not want to know. */
    ReplayListener NONE = new ReplayListener() {
        @Override
        public void refused(Rejected rejected) {}

        @Override
        public void progress(Progress progress) {}

        @Override
        public void ended(FileSummary summary) {}
    };

    /**
     * How far all files together are.
     *
     * @param readings given so far
     */
    record Progress(long bytesDone, long bytes, long readings) {
        /** 0 to 1. */
        public double part() {
            return bytes == 0 ? 1 : Math.min(1, (double) bytesDone / bytes);
        }
    }

    /**
     * What became of a file's lines, the header aside.
     *
     * @param taken   rows that gave readings
     * @param refused lines that gave none, by code
     */
    record FileSummary(String file, long taken, SortedMap<RejectCode, Long> refused) {
        public FileSummary {
            refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
        }

        public long refusedInAll() {
            return refused.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
