package io.hallwatt.aggregate.energy;

import java.nio.charset.StandardCharsets;

/** Reads what {@link PartWriter} wrote. */
final class PartReader {
    private final byte[] bytes;
    private int position;

    PartReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int count() {
        return Math.toIntExact(unsigned());
    }

    long number() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    String text() {
        int size = count();
        String text = new String(bytes, position, size, StandardCharsets.UTF_8);
        position += size;
        return text;
    }

    boolean flag() {
        return bytes[position++] != 0;
    }

    private long unsigned() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
