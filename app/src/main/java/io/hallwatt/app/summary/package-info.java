/**
 * What a run did, in figures: the JSON summary that {@code demo --json} and {@code replay --json} end with. Readings and state are counted by the stages
 * themselves; windows, alerts, latencies and hours are counted from outside, by a reader of committed records.
 */
@NullMarked
package io.hallwatt.app.summary;

import org.jspecify.annotations.NullMarked;
