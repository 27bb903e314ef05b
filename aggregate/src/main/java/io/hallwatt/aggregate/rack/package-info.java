/** Racks of one hall: reports summed per window in flat arrays of integers, and given out as frames. Pure. */
@NullMarked
package io.hallwatt.aggregate.rack;

import org.jspecify.annotations.NullMarked;
