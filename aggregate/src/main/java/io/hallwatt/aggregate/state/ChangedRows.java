package io.hallwatt.aggregate.state;

import java.util.Arrays;

/**
 * Which rows of some state changed since it was last written. As a {@code BitSet}, in one place in memory: of a large site every reading is of another hall, and what it touches of that hall is no longer in
 * the caches.
 */
public final class ChangedRows {
    private long[] words = new long[0];
    private int count;

    /** Makes room for rows below {@code rows}. */
    public void grow(int rows) {
        int needed = (rows + Long.SIZE - 1) / Long.SIZE;
        if (needed > words.length) {
            words = Arrays.copyOf(words, needed);
        }
    }

    /** The row changed; there is room for it. */
    public void set(int row) {
        long bit = 1L << row;
        long word = words[row >> 6];
        if ((word & bit) == 0) {
            words[row >> 6] = word | bit;
            count++;
        }
    }

    /** How many changed. */
    public int count() {
        return count;
    }

    /** The first changed row from {@code row} on; below 0 where there is none. */
    public int next(int row) {
        int at = row >> 6;
        if (at >= words.length) {
            return -1;
        }
        long word = words[at] & -1L << row;
        while (word == 0) {
            if (++at == words.length) {
                return -1;
            }
            word = words[at];
        }
        return (at << 6) + Long.numberOfTrailingZeros(word);
    }

    /** All are written. */
    public void clear() {
        if (count > 0) {
            Arrays.fill(words, 0);
            count = 0;
        }
    }
}
