/**
 * Templates in labels and annotations, as Prometheus has them: {@code {{ $labels.rack }}}, {@code {{ $value | humanizePercentage }}}. Pure. The part of Go's
 * text/template that alert texts use: values, literals, calls and pipelines; control structures are refused at load.
 */
@NullMarked
package io.hallwatt.alerting.template;

import org.jspecify.annotations.NullMarked;
