/** What threads, heap and the machine did in a span of time. */
@NullMarked
package io.hallwatt.benchmarks.meter;

import org.jspecify.annotations.NullMarked;
