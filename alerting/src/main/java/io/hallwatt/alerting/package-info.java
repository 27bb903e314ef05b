/** The alerting stage. */
@NullMarked
package io.hallwatt.alerting;

import org.jspecify.annotations.NullMarked;
