/** To Kafka: accepted readings by key, refused ones with their reason, the marks at the end; and the check that Kafka will keep them. */
@NullMarked
package io.hallwatt.ingest.publish;

import org.jspecify.annotations.NullMarked;
