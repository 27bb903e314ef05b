@NullMarked
package io.hallwatt.ingest.simulate.plant;

import org.jspecify.annotations.NullMarked;
