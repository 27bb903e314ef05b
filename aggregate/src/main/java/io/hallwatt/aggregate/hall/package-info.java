/** One hall: its racks' and cooling units' readings to closed windows and hours. Pure; fed by the stage's processors. */
@NullMarked
package io.hallwatt.aggregate.hall;

import org.jspecify.annotations.NullMarked;
