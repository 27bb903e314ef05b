/** The shell: processors and stores. The only package here that knows Kafka Streams. */
@NullMarked
package io.hallwatt.aggregate.streams;

import org.jspecify.annotations.NullMarked;
