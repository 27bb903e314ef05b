/** What rules would have done over windows of the past: the engine that runs live, from an empty memory. Pure. */
@NullMarked
package io.hallwatt.alerting.backtest;

import org.jspecify.annotations.NullMarked;
