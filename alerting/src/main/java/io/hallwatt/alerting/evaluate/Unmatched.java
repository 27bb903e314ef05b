package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.LabelMatcher;

/**
 * Why a selector does not look at a series.
 *
 * @param actual the series' value of the matcher's label; empty where it has none
 */
public record Unmatched(LabelMatcher matcher, String actual) {}
