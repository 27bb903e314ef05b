/** Sites of any size, and readings that cost next to nothing to make. */
@NullMarked
package io.hallwatt.benchmarks.load;

import org.jspecify.annotations.NullMarked;
