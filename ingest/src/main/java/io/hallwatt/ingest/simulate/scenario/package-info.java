/** What goes wrong in a simulated site, and when: read from a scenario file. */
@NullMarked
package io.hallwatt.ingest.simulate.scenario;

import org.jspecify.annotations.NullMarked;
