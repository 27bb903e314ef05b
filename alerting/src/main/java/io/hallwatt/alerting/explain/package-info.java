/** Why an alert fires or does not, in words for the one who was woken by it. Pure. */
@NullMarked
package io.hallwatt.alerting.explain;

import org.jspecify.annotations.NullMarked;
