/**
 * Templates in labels and annotations, as Prometheus has them: {@code {{ $labels.rack }}}, {@code {{ $value | humanizePercentage }}}. Pure. The part of Go's
 * text/template that alert texts use: values, literals, calls, pipelines, {@code if} and {@code with}; what
 * repeats or names a part is refused at load.
 */
@NullMarked
package io.hallwatt.alerting.template;

import org.jspecify.annotations.NullMarked;
