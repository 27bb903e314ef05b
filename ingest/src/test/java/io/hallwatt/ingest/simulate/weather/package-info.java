@NullMarked
package io.hallwatt.ingest.simulate.weather;

import org.jspecify.annotations.NullMarked;
