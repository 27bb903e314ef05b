/** Electrical plant: PV, wind turbines, battery, UPS and transformer; formulas of power, one class a machine. */
@NullMarked
package io.hallwatt.ingest.simulate.plant;

import org.jspecify.annotations.NullMarked;
