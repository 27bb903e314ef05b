/**
 * What the racks compute, and so what they draw. A {@link io.hallwatt.ingest.simulate.load.Workload} gives utilisation and its exact integral at any time;
 * {@link io.hallwatt.ingest.simulate.load.Placement} says which rack runs which.
 */
@NullMarked
package io.hallwatt.ingest.simulate.load;

import org.jspecify.annotations.NullMarked;
