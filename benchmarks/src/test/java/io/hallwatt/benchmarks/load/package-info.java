/** Generated load. */
@NullMarked
package io.hallwatt.benchmarks.load;

import org.jspecify.annotations.NullMarked;
