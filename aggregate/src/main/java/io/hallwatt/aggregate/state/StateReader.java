package io.hallwatt.aggregate.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what {@link StateWriter} wrote, in the same order. */
public final class StateReader {
    private final byte[] bytes;
    private int at;

    /**
     * @param version the only one that can be read
     * @throws IllegalStateException if the bytes are of another version
     */
    public StateReader(byte[] bytes, int version) {
        this.bytes = bytes;
        if (bytes.length == 0 || bytes[0] != version) {
            throw new IllegalStateException(
                    "aggregate's state is of layout %d, this program reads layout %d: run the version that wrote it, or start with a new application id"
                            .formatted(bytes.length == 0 ? -1 : bytes[0], version));
        }
        this.at = 1;
    }

    public long integer() {
        long rest = 0;
        int shift = 0;
        while (true) {
            byte next = bytes[at++];
            rest |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (rest >>> 1) ^ -(rest & 1);
            }
            shift += 7;
        }
    }

    public long integerOr(long absent) {
        long value = integer();
        return value == 0 ? absent : value > 0 ? value - 1 : value;
    }

    public int count() {
        return Math.toIntExact(integer());
    }

    public boolean flag() {
        return integer() != 0;
    }

    public String text() {
        int length = count();
        String value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    public List<String> texts() {
        List<String> values = new ArrayList<>();
        for (int count = count(); count > 0; count--) {
            values.add(text());
        }
        return values;
    }

    public byte[] bytes() {
        int length = count();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public void integers(long[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = integer();
        }
    }
}
