package io.hallwatt.contract.property;

import java.util.Arrays;
import java.util.Random;

/** A Random that remembers what was drawn, or gives what another remembered; after the tape's end it gives zeros. */
final class Tape extends Random {
    private static final long serialVersionUID = 1;

    /** Draws after the tape's end until a property that waits for something else than zero is given up. */
    private static final int MOST_ZEROS = 10_000;

    private final String name;
    private final boolean recording;
    private int[] draws;
    private int drawn;

    private Tape(long seed, int[] draws, boolean recording, String name) {
        super(seed);
        this.draws = draws;
        this.recording = recording;
        this.name = name;
    }

    static Tape recording(long seed) {
        long mixed = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L; // neighbouring seeds begin alike in java.util.Random
        return new Tape(mixed ^ (mixed >>> 27), new int[64], true, "seed " + seed);
    }

    static Tape replaying(int[] draws) {
        return new Tape(0, draws.clone(), false, "tape " + Arrays.toString(draws));
    }

    /** What was drawn, at 32 bits each. */
    int[] draws() {
        return recording ? Arrays.copyOf(draws, drawn) : Arrays.copyOf(draws, Math.min(drawn, draws.length));
    }

    @Override
    protected int next(int bits) {
        return (int) (draw() >>> (32 - bits));
    }

    private long draw() {
        if (!recording) {
            if (drawn - draws.length > MOST_ZEROS) {
                throw new Exhausted();
            }
            int at = drawn++;
            return at < draws.length ? draws[at] & 0xffffffffL : 0;
        }
        if (drawn == draws.length) {
            draws = Arrays.copyOf(draws, drawn * 2);
        }
        int value = super.next(32);
        draws[drawn++] = value;
        return value & 0xffffffffL;
    }

    @Override
    public String toString() {
        return name;
    }

    /** The property draws without end. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super(null, null, false, false);
        }
    }
}
