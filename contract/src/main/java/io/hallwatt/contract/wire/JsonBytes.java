package io.hallwatt.contract.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes JSON of readings into a buffer that is used again; one a thread. Knows no strings but ids, which need no escapes. */
final class JsonBytes {
    private static final ThreadLocal<JsonBytes> OF_THREAD = ThreadLocal.withInitial(JsonBytes::new);

    /** Largest integer up to which every integer is a double. */
    private static final double EXACT = 9_007_199_254_740_992.0;

    private byte[] buffer = new byte[1_024];
    private int length;

    private JsonBytes() {}

    /** The thread's own, empty. */
    static JsonBytes empty() {
        JsonBytes bytes = OF_THREAD.get();
        bytes.length = 0;
        return bytes;
    }

    /** {@code ,"name":} for {@link #field}. */
    static byte[] name(String name) {
        return (",\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    /** A field's name, with a comma before it unless it is the object's first. */
    JsonBytes field(byte[] name) {
        int from = buffer[length - 1] == '{' ? 1 : 0;
        room(name.length);
        System.arraycopy(name, from, buffer, length, name.length - from);
        length += name.length - from;
        return this;
    }

    JsonBytes raw(char ascii) {
        room(1);
        buffer[length++] = (byte) ascii;
        return this;
    }

    /** Characters in quotes; only those of ids and enumerations. */
    JsonBytes text(String ascii) {
        int count = ascii.length();
        room(count + 2);
        buffer[length++] = '"';
        for (int i = 0; i < count; i++) {
            buffer[length++] = (byte) ascii.charAt(i);
        }
        buffer[length++] = '"';
        return this;
    }

    JsonBytes time(long epochMillis) {
        room(26);
        buffer[length] = '"';
        TimeText.write(epochMillis, buffer, length + 1);
        buffer[length + 25] = '"';
        length += 26;
        return this;
    }

    JsonBytes number(long value) {
        room(20);
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                return ascii(Long.toString(value));
            }
            buffer[length++] = '-';
            digits(-value);
        } else {
            digits(value);
        }
        return this;
    }

    /**
     * The shortest text that reads back as the same double. Device values have few decimals, and thousandths are done in integers: {@code n / 1000.0} is the
     * double nearest to the decimal n/1000, which is what a reader gives for it.
     */
    JsonBytes number(double value) {
        double thousandfold = Math.rint(value * 1_000);
        if (Math.abs(thousandfold) < EXACT && thousandfold / 1_000 == value && isPlain(value)) {
            thousandths((long) thousandfold);
            return this;
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no " + value);
        }
        return ascii(Double.toString(value));
    }

    /** Not −0.0, which has no integer. */
    private static boolean isPlain(double value) {
        return value != 0 || Double.doubleToRawLongBits(value) == 0;
    }

    private void thousandths(long value) {
        room(24);
        long rest = Math.abs(value);
        if (value < 0) {
            buffer[length++] = '-';
        }
        digits(rest / 1_000);
        int fraction = (int) (rest % 1_000);
        if (fraction != 0) {
            buffer[length++] = '.';
            buffer[length++] = (byte) ('0' + fraction / 100);
            if (fraction % 100 != 0) {
                buffer[length++] = (byte) ('0' + fraction / 10 % 10);
                if (fraction % 10 != 0) {
                    buffer[length++] = (byte) ('0' + fraction % 10);
                }
            }
        }
    }

    private void digits(long value) {
        int count = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            count++;
        }
        int at = length + count;
        long rest = value;
        do {
            buffer[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        length += count;
    }

    private JsonBytes ascii(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    private void room(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
        }
    }
}
