/** Randomness as a function of a seed and an index: nothing to store, nothing that depends on who asked first. */
@NullMarked
package io.hallwatt.ingest.simulate.noise;

import org.jspecify.annotations.NullMarked;
