/** What the pipeline has published, read again from its beginning: from Kafka, from a run's data directory, or from the files that {@code replay --out} wrote. */
@NullMarked
package io.hallwatt.app.past;

import org.jspecify.annotations.NullMarked;
