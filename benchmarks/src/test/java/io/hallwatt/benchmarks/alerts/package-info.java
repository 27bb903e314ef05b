@NullMarked
package io.hallwatt.benchmarks.alerts;

import org.jspecify.annotations.NullMarked;
