/** How soon is the pipeline back after a kill. */
@NullMarked
package io.hallwatt.benchmarks.restart;

import org.jspecify.annotations.NullMarked;
