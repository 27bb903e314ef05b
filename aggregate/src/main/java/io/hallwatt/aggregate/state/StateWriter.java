package io.hallwatt.aggregate.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/** Writes a layout field by field: integers as variable-length zigzag, so that small numbers, which most are, take a byte or two. */
public final class StateWriter {
    private byte[] bytes;
    private int size;

    /** @param version of the layout, read back first by {@link StateReader#StateReader(byte[], int)} */
    public StateWriter(int version) {
        this.bytes = new byte[256];
        this.bytes[size++] = (byte) version;
    }

    public void integer(long value) {
        byte[] to = bytes;
        int at = size;
        if (at + 10 > to.length) {
            to = Arrays.copyOf(to, to.length * 2);
            bytes = to;
        }
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        size = at;
    }

    /** As {@link #integer}, but {@code absent} takes one byte, whatever its value. */
    public void integerOr(long value, long absent) {
        if (value == absent) {
            integer(0);
        } else if (value >= 0) {
            integer(value + 1);
        } else {
            integer(value);
        }
    }

    public void flag(boolean value) {
        integer(value ? 1 : 0);
    }

    public void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public void texts(Collection<String> values) {
        integer(values.size());
        values.forEach(this::text);
    }

    public void bytes(byte[] value) {
        integer(value.length);
        if (size + value.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + value.length, bytes.length * 2));
        }
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    public void integers(long[] values, int count) {
        for (int i = 0; i < count; i++) {
            integer(values[i]);
        }
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
