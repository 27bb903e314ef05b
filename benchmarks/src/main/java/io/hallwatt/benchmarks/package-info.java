/** The command {@code hallwatt bench}: whole runs of the pipeline, measured by stage, beside what they are compared with. */
@NullMarked
package io.hallwatt.benchmarks;

import org.jspecify.annotations.NullMarked;
