/** A real single-node Kafka broker inside this process, with a data directory that outlives it. */
@NullMarked
package io.hallwatt.app.broker;

import org.jspecify.annotations.NullMarked;
