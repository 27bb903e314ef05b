@NullMarked
package io.hallwatt.ingest.simulate.scenario;

import org.jspecify.annotations.NullMarked;
