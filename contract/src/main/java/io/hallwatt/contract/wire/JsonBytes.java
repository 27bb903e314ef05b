package io.hallwatt.contract.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes JSON of readings and frames into a buffer that is used again; one a thread. Knows no strings but ids, which need no escapes. */
final class JsonBytes {
    private static final ThreadLocal<JsonBytes> OF_THREAD = ThreadLocal.withInitial(JsonBytes::new);

    /** Largest integer up to which every integer is a double. */
    private static final double EXACT = 9_007_199_254_740_992.0;

    private static final int BILLION = 1_000_000_000;
    private static final int[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};
    private static final byte[] TENS = new byte[100];
    private static final byte[] ONES = new byte[100];

    static {
        for (int pair = 0; pair < 100; pair++) {
            TENS[pair] = (byte) ('0' + pair / 10);
            ONES[pair] = (byte) ('0' + pair % 10);
        }
    }

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

    JsonBytes raw(byte[] ascii) {
        room(ascii.length);
        System.arraycopy(ascii, 0, buffer, length, ascii.length);
        length += ascii.length;
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
        decimal(value, 3);
    }

    /** A value to so many decimals, those at its end that are zero left out; nothing of −0.0. */
    JsonBytes number(double value, int decimals) {
        double scaled = Math.rint(value * POWERS_OF_TEN[decimals]);
        if (Math.abs(scaled) < EXACT) {
            decimal((long) scaled, decimals);
            return this;
        }
        return number(scaled / POWERS_OF_TEN[decimals]);
    }

    /** @param scaled the value × 10^decimals */
    private void decimal(long scaled, int decimals) {
        room(30);
        long rest = Math.abs(scaled);
        if (scaled < 0) {
            buffer[length++] = '-';
        }
        // By a constant, which is a product and no division: a frame has thousands of numbers.
        long whole = switch (decimals) {
            case 0 -> rest;
            case 1 -> rest / 10;
            case 2 -> rest / 100;
            case 3 -> rest / 1_000;
            default -> rest / POWERS_OF_TEN[decimals];
        };
        digits(whole);
        int fraction = (int) (rest - whole * POWERS_OF_TEN[decimals]);
        if (fraction != 0) {
            buffer[length++] = '.';
            padded(fraction, decimals);
            while (buffer[length - 1] == '0') {
                length--;
            }
        }
    }

    private void digits(long value) {
        if (value < BILLION) {
            int small = (int) value;
            int count = 1;
            while (count < 9 && small >= POWERS_OF_TEN[count]) {
                count++;
            }
            padded(small, count);
        } else {
            digits(value / BILLION);
            padded((int) (value % BILLION), 9);
        }
    }

    /** The number's last digits, two at a time: half the divisions. */
    private void padded(int value, int count) {
        int rest = value;
        int at = length + count;
        while (at - length >= 2) {
            int hundreds = rest / 100;
            int pair = rest - hundreds * 100;
            buffer[--at] = ONES[pair];
            buffer[--at] = TENS[pair];
            rest = hundreds;
        }
        if (at > length) {
            buffer[--at] = (byte) ('0' + rest % 10);
        }
        length += count;
    }

    private JsonBytes ascii(String text) {
        return raw(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void room(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
        }
    }
}
