/** Laying out Kafka for Hallwatt: the topics of the catalogue, and the site on its topic. */
@NullMarked
package io.hallwatt.app.topics;

import org.jspecify.annotations.NullMarked;
