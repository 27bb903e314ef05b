package io.hallwatt.contract.wire;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives the id that was made of the same characters before, so that a reading's ids are neither checked nor allocated again. Each slot holds the last id that
 * fell into it: no locks, never more than {@link #SLOTS} ids. Ids are immutable, so a race costs a second object and nothing else.
 */
final class IdCache<I extends Record> {
    private static final int SLOTS = 4_096;

    private final @Nullable Entry<?>[] slots = new Entry<?>[SLOTS];
    private final Function<String, I> make;

    /** @param make throws IllegalArgumentException with a sentence where the text is no id */
    IdCache(Function<String, I> make) {
        this.make = make;
    }

    private record Entry<I>(String text, I id) {}

    I of(char[] text, int offset, int length) {
        @SuppressWarnings("unchecked") // only this class fills slots
        I id = (I) entry(text, offset, length).id;
        return id;
    }

    /** The text of {@link #of}: always the same object for the same id, as long as it is remembered. */
    String text(char[] text, int offset, int length) {
        return entry(text, offset, length).text;
    }

    private Entry<?> entry(char[] text, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + text[i];
        }
        int slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
        Entry<?> entry = slots[slot];
        if (entry == null || !same(entry.text, text, offset, length)) {
            // Two ids may share a slot: the neighbour takes the second, or they would drive each other out at each
            // report.
            entry = slots[slot ^ 1];
            if (entry == null || !same(entry.text, text, offset, length)) {
                String fresh = new String(text, offset, length);
                entry = new Entry<>(fresh, make.apply(fresh));
                slots[slots[slot] == null ? slot : slot ^ 1] = entry;
            }
        }
        return entry;
    }

    private static boolean same(String known, char[] text, int offset, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
