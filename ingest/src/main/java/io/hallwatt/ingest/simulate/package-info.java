/**
 * A plausible site: jobs, electricity, heat, weather and supply, seeded and pure. {@link io.hallwatt.ingest.simulate.Simulation} gives the readings, {@link
 * io.hallwatt.ingest.simulate.SimulatedSource} gives them at a pace.
 *
 * <p><b>Time and resuming.</b> Workloads, noise, weather and rack power are formulas of (seed, time since the epoch), the epoch being the first start of a data directory;
 * rack registers are closed integrals of that power. Only what depends on its own past (air, cooling stages, battery, registers through faults) is
 * state: it is stepped by the second and kept in {@link io.hallwatt.ingest.simulate.SimulationState}, a snapshot of about 200 KiB for 8,000 racks. After a kill the last snapshot may be some
 * seconds old. That does no harm: from it the same run gives the very same readings again (a past period goes on so, repetitions are duplicates
 * and count once), and a live run starts at a later time than anything given before: the seconds between pass unseen, with the old run's faults, so registers are where
 * they would have been, and sequences start above every old one. Never is there a second reading with the same device, time and sequence and another value.
 * Over a pause of more than an hour the unseen time is stepped by half minutes.
 *
 * <p><b>Simulated, not measured</b>: the grid's carbon intensity is the site model's yearly factor with an invented daily shape.
 * A grid loss leaves the racks running on means that no meter shows, as diesel and UPS batteries do where the site model has no source for them; the UPS batteries take back from the
 * grid what they gave.
 */
@NullMarked
package io.hallwatt.ingest.simulate;

import org.jspecify.annotations.NullMarked;
