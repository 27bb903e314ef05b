/** Sun, cloud, air and wind at a place, each a pure function of a seed and the time. */
@NullMarked
package io.hallwatt.ingest.simulate.weather;

import org.jspecify.annotations.NullMarked;
