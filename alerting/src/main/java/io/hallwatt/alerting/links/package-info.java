/** Where a person who is told of an alert reads on: one place for all who tell. Pure. */
@NullMarked
package io.hallwatt.alerting.links;

import org.jspecify.annotations.NullMarked;
