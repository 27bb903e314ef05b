/** Rules on Kafka Streams: closed windows in, transitions out, exactly once; the only package here that knows Kafka. */
@NullMarked
package io.hallwatt.alerting.streams;

import org.jspecify.annotations.NullMarked;
