/** What the pipeline is measured against, on the same broker. */
@NullMarked
package io.hallwatt.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
