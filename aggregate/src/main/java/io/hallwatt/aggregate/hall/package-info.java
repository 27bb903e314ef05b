/**
 * One hall: its racks' and cooling units' readings to closed windows and hours. Pure; fed by the stage's processors.
 *
 * <p>{@link io.hallwatt.aggregate.hall.HallWindows} takes readings and says when time passes, {@code HallTime} what happens then: of the open seconds, minutes and
 * quarters, of reports that hold on, of what is published. {@code HallDevices} knows who is expected. What a window says is in {@code HallQuantities}, and how all
 * of it outlives a restart in {@code HallState}.
 */
@NullMarked
package io.hallwatt.aggregate.hall;

import org.jspecify.annotations.NullMarked;
