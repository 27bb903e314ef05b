@NullMarked
package io.hallwatt.ingest;

import org.jspecify.annotations.NullMarked;
