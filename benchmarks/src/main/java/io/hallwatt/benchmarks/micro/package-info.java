/** Micro-benchmarks (JMH) of what is done for each report and each window. */
@NullMarked
package io.hallwatt.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
