package io.hallwatt.app.command;

import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.simulate.SimulationConfig;

/**
 * What is simulated.
 *
 * @param site as its simulated devices behave: the one to publish
 */
record Simulated(Site site, SimulationConfig config) {}
