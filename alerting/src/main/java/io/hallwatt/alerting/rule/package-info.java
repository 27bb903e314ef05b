/**
 * Rule files: Prometheus's, with five keys of our own. Pure. {@link io.hallwatt.alerting.rule.RuleSet#read} checks a file whole and gives all its faults
 * with line and column at once.
 */
@NullMarked
package io.hallwatt.alerting.rule;

import org.jspecify.annotations.NullMarked;
