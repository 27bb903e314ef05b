@NullMarked
package io.hallwatt.ingest.simulate.cooling;

import org.jspecify.annotations.NullMarked;
