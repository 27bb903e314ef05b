/** That the measuring measures. */
@NullMarked
package io.hallwatt.benchmarks;

import org.jspecify.annotations.NullMarked;
