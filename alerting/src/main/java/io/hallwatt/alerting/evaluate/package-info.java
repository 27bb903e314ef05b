/**
 * Rules held against closed windows, row by row. Pure but for the state it carries: windows in, {@link io.hallwatt.contract.AlertTransition}s out; where
 * the state is kept is {@link io.hallwatt.alerting.evaluate.Memory}'s business.
 */
@NullMarked
package io.hallwatt.alerting.evaluate;

import org.jspecify.annotations.NullMarked;
