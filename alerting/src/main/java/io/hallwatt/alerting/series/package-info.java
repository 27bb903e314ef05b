/**
 * Values over time: the windows that a range reaches back to, and what PromQL's functions make of them. Pure, and column by column: an element costs no
 * memory a window. Equal to prometheus/prometheus promql/functions.go (2.42) to the last bit, but for ranges, which are open on the left as in Prometheus 3.
 */
@NullMarked
package io.hallwatt.alerting.series;

import org.jspecify.annotations.NullMarked;
