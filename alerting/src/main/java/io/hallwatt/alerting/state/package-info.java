/**
 * What becomes of one alert when one more window is seen. Pure: state, observation and event time in, next state out; its truth table is its test. Told
 * apart are a value that breaches, one that recovered, one between the two bounds of a hysteresis, and no value at all.
 */
@NullMarked
package io.hallwatt.alerting.state;

import org.jspecify.annotations.NullMarked;
