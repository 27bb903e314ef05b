/** Files of measurements as a source: a mapping file says what their rows mean, several files are merged by event time. */
@NullMarked
package io.hallwatt.ingest.replay;

import org.jspecify.annotations.NullMarked;
