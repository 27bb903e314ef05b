/** One run of all stages, with its figures. */
@NullMarked
package io.hallwatt.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
