/**
 * Unit tests of rules, in promtool's own file form (prometheus.io, "Unit testing rules"). Pure: {@link io.hallwatt.alerting.trial.TestFile} reads and checks
 * a file, {@link io.hallwatt.alerting.trial.Trial} takes its series through the engine that runs live and holds what fires against what was expected.
 */
@NullMarked
package io.hallwatt.alerting.trial;

import org.jspecify.annotations.NullMarked;
