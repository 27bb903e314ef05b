/** What the pipeline is measured against. */
@NullMarked
package io.hallwatt.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
