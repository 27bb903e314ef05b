/**
 * Who may speak for a share of the halls. A process that is cut off from Kafka is not told that another has its halls now; it must notice by itself, and sooner
 * than the other begins. {@link io.hallwatt.alerting.membership.Lease} decides; it is pure, and its test is the judge. ADR 10.
 */
@NullMarked
package io.hallwatt.alerting.membership;

import org.jspecify.annotations.NullMarked;
