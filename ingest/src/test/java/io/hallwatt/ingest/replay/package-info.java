@NullMarked
package io.hallwatt.ingest.replay;

import org.jspecify.annotations.NullMarked;
