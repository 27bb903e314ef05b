package io.hallwatt.aggregate.energy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers to bytes, the small ones in one byte (base 128, low bits first; signed ones zigzag). */
final class PartWriter {
    private byte[] bytes = new byte[256];
    private int length;

    /** ≥ 0. */
    void count(int value) {
        unsigned(value);
    }

    void number(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        count(utf8.length);
        for (byte b : utf8) {
            put(b);
        }
    }

    void flag(boolean value) {
        put((byte) (value ? 1 : 0));
    }

    private void unsigned(long value) {
        byte[] to = bytes;
        int at = length;
        if (at + 10 > to.length) {
            to = Arrays.copyOf(to, to.length * 2);
            bytes = to;
        }
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        length = at;
    }

    private void put(byte value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = value;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
