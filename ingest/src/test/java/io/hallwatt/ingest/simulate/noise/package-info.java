@NullMarked
package io.hallwatt.ingest.simulate.noise;

import org.jspecify.annotations.NullMarked;
