package io.hallwatt.ingest.replay;

import io.hallwatt.contract.config.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file's lines as bytes, with their numbers from 1; LF or CRLF ends one, a byte-order mark before the first is left out. */
final class Lines implements AutoCloseable {
    /** The longest line that is read whole; of a longer one this much is kept. */
    static final int LONGEST = 64 * 1024;

    private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private int position;
    private int limit;
    private long bytesRead;
    private long number;
    private boolean tooLong;

    /**
     * @param name what the file is called in messages
     * @throws InvalidInput if it cannot be read or is no text in UTF-8
     */
    Lines(Path file, String name) {
        this.name = name;
        try {
            in = Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
        try {
            fill();
            refuseBinary();
        } catch (InvalidInput e) {
            close();
            throw e;
        }
        if (limit >= 3 && Arrays.equals(buffer, 0, 3, UTF8_MARK, 0, 3)) {
            position = 3;
        }
    }

    private void refuseBinary() {
        int first = limit > 1 ? (buffer[0] & 0xFF) << 8 | (buffer[1] & 0xFF) : 0;
        if (first == 0xFEFF || first == 0xFFFE) {
            throw new InvalidInput(
                    "%s:1: the file is UTF-16; write it as UTF-8 (iconv -f UTF-16 -t UTF-8)".formatted(name));
        }
        if (first == 0x1F8B || first == 0x504B) {
            throw new InvalidInput("%s:1: the file is compressed (%s); unpack it first"
                    .formatted(name, first == 0x504B ? "zip" : "gzip"));
        }
        for (int i = 0; i < limit; i++) {
            if (buffer[i] == 0) {
                throw new InvalidInput("%s: the file is binary (byte %d is 0); give text".formatted(name, i + 1));
            }
        }
    }

    /** The next line without its end, at most {@link #LONGEST} bytes of it; null at the end of the file. */
    byte @Nullable [] next() {
        line.reset();
        tooLong = false;
        boolean any = false;
        while (true) {
            if (position == limit && !fill()) {
                return any ? ended() : null;
            }
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(end - position);
            position = end;
            if (end < limit) {
                position++;
                return ended();
            }
        }
    }

    private void append(int length) {
        int room = LONGEST + 1 - line.size(); // one more for the CR of a line that just fits
        line.write(buffer, position, Math.min(length, room));
        tooLong |= length > room;
    }

    private byte[] ended() {
        number++;
        byte[] bytes = line.toByteArray();
        if (bytes.length > 0 && bytes[bytes.length - 1] == '\r' && !tooLong) {
            return Arrays.copyOf(bytes, bytes.length - 1);
        }
        tooLong |= bytes.length > LONGEST;
        return tooLong ? Arrays.copyOf(bytes, LONGEST) : bytes;
    }

    /** Of the line that {@link #next} gave last. */
    long number() {
        return number;
    }

    /** Whether the line that {@link #next} gave last was cut. */
    boolean tooLong() {
        return tooLong;
    }

    /** How far the file is read, bytes. */
    long position() {
        return bytesRead - limit + position;
    }

    private boolean fill() {
        try {
            position = 0;
            limit = Math.max(0, in.read(buffer));
            bytesRead += limit;
            return limit > 0;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private InvalidInput unreadable(IOException e) {
        return new InvalidInput("%s: cannot be read: %s".formatted(name, e.getMessage()));
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
