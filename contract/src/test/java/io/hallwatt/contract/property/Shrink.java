package io.hallwatt.contract.property;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the draws of a failing case fewer and smaller for as long as it fails: takes runs of draws out, then sets them to zero, then halves single ones, until
 * nothing helps or the tries are used up. A generator that draws less or smaller makes a smaller case.
 */
final class Shrink {
    private static final int MOST_TRIES = Integer.getInteger("hallwatt.shrink.tries", 2_000);

    /** Runs the property on a tape. */
    interface Property {
        /** What it failed with, or null. */
        @Nullable
        Throwable failure(Tape tape);
    }

    /** A failing case: what was drawn and how it failed. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record Case(int[] draws, Throwable failure, int tries) {}

    private final Property property;
    private Case smallest;
    private int tries;

    private Shrink(Property property, Case failing) {
        this.property = property;
        this.smallest = failing;
    }

    static Case smallest(int[] draws, Throwable failure, Property property) {
        Shrink shrink = new Shrink(property, new Case(draws, failure, 0));
        while (shrink.tries < MOST_TRIES && shrink.onePass()) {}
        return new Case(shrink.smallest.draws, shrink.smallest.failure, shrink.tries);
    }

    private boolean onePass() {
        boolean better = false;
        for (int run = Math.max(1, smallest.draws.length / 2); run >= 1; run /= 2) {
            for (int at = 0; at < smallest.draws.length; ) {
                int from = at;
                int to = Math.min(smallest.draws.length, from + run);
                if (take(draws -> without(draws, from, to)) || take(draws -> zeroed(draws, from, to))) {
                    better = true;
                } else {
                    at += run;
                }
            }
        }
        for (int i = 0; i < smallest.draws.length; i++) {
            int at = i;
            while (at < smallest.draws.length && take(draws -> halved(draws, at))) {
                better = true;
            }
        }
        return better;
    }

    /** Whether the change made a smaller case that fails too. */
    private boolean take(UnaryOperator<int[]> change) {
        int[] candidate = change.apply(smallest.draws);
        if (tries >= MOST_TRIES || !smaller(candidate, smallest.draws)) {
            return false;
        }
        tries++;
        Tape tape = Tape.replaying(candidate);
        Throwable failure = property.failure(tape);
        if (failure == null || failure instanceof Tape.Exhausted) {
            return false;
        }
        smallest = new Case(tape.draws(), failure, tries);
        return true;
    }

    private static boolean smaller(int[] a, int[] b) {
        return a.length < b.length || (a.length == b.length && Arrays.compareUnsigned(a, b) < 0);
    }

    private static int[] without(int[] draws, int from, int to) {
        int[] shorter = Arrays.copyOf(draws, draws.length - (to - from));
        System.arraycopy(draws, to, shorter, from, draws.length - to);
        return shorter;
    }

    private static int[] zeroed(int[] draws, int from, int to) {
        int[] zeroed = draws.clone();
        Arrays.fill(zeroed, from, to, 0);
        return zeroed;
    }

    private static int[] halved(int[] draws, int at) {
        int[] halved = draws.clone();
        halved[at] >>>= 1;
        return halved;
    }
}
