/**
 * From meter registers to whole milliwatt-hours in windows. Pure: takes readings in any order, gives energies whose sum over any span is the
 * register's own difference. Fed by the stage's processors, judged by the batch oracle in its tests.
 */
@NullMarked
package io.hallwatt.aggregate.energy;

import org.jspecify.annotations.NullMarked;
