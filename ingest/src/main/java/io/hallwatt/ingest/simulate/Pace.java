package io.hallwatt.ingest.simulate;

/** How simulated time follows the clock; the readings are the same at every pace. */
public sealed interface Pace {
    Pace REAL_TIME = new Accelerated(1);
    Pace AS_FAST_AS_POSSIBLE = new AsFastAsPossible();

    /** So many simulated seconds a second. */
    record Accelerated(double factor) implements Pace {
        public Accelerated {
            if (!(factor > 0 && factor <= 100_000)) {
                throw new IllegalArgumentException("pace %s: give a factor above 0, at most 100000".formatted(factor));
            }
        }
    }

    /** As whoever reads can take it. */
    record AsFastAsPossible() implements Pace {}
}
