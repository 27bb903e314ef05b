@NullMarked
package io.hallwatt.ingest.simulate.load;

import org.jspecify.annotations.NullMarked;
