package io.hallwatt.ingest.replay;

import io.hallwatt.contract.wire.Headers;
import io.hallwatt.ingest.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row whose time is known.
 *
 * @param at    event time of its readings: the instant, or the interval's end
 * @param start of the interval; absent where the row is of an instant
 * @param bytes the line as it stands in the file, without its end
 */
@SuppressWarnings("ArrayRecordComponent") // rows are not compared, and their bytes stay inside ingest
record Row(FileName file, long line, Instant at, @Nullable Instant start, byte[] bytes) implements Origin {
    /**
     * @param text   as messages have it: {@code load.tsv}
     * @param source for {@link Headers#SOURCE}
     */
    record FileName(String text, String source) {
        static FileName of(String text) {
            return new FileName(text, "replay " + text);
        }
    }

    @Override
    public String source() {
        return file.source();
    }

    @Override
    public String place() {
        return file.text() + ":" + line;
    }

    @Override
    public byte[] original() {
        return bytes;
    }
}
