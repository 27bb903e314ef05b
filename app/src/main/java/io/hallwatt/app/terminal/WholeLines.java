package io.hallwatt.app.terminal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands on what is written, in UTF-8, a line or more at a time: half a line stays until its end comes, or until this is closed. */
final class WholeLines extends OutputStream {
    private final Consumer<String> lines;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** @param lines told of one or more lines, each with its end */
    WholeLines(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int end = offset + length;
        while (end > offset && bytes[end - 1] != '\n') {
            end--;
        }
        begun.write(bytes, offset, end - offset);
        if (end > offset) {
            handOn();
        }
        begun.write(bytes, end, offset + length - end);
    }

    @Override
    public synchronized void close() {
        if (begun.size() > 0) {
            begun.write('\n');
            handOn();
        }
    }

    private void handOn() {
        String text = begun.toString(StandardCharsets.UTF_8);
        begun.reset();
        lines.accept(text);
    }
}
