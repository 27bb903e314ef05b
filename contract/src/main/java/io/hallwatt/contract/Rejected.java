package io.hallwatt.contract;

import java.util.Arrays;
import java.util.Objects;

/**
 * Something received that did not become a reading.
 *
 * @param original the bytes as received, untouched
 * @param origin   where it came from, for a person: {@code load.tsv:15283}, {@code hallwatt.readings.rack-3@1042}
 * @param code     stable
 * @param reason   one sentence: what, both values, how to mend it
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below; the array is copied in and out
public record Rejected(byte[] original, String origin, RejectCode code, String reason) {
    public Rejected {
        original = original.clone();
    }

    @Override
    public byte[] original() {
        return original.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rejected that
                && Arrays.equals(original, that.original)
                && origin.equals(that.origin)
                && code == that.code
                && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(original), origin, code, reason);
    }

    @Override
    public String toString() {
        return "%s %s: %s".formatted(origin, code, reason);
    }
}
