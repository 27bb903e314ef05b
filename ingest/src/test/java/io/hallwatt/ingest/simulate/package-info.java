@NullMarked
package io.hallwatt.ingest.simulate;

import org.jspecify.annotations.NullMarked;
