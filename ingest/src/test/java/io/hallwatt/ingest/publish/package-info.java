@NullMarked
package io.hallwatt.ingest.publish;

import org.jspecify.annotations.NullMarked;
