/**
 * What the log of transitions, the topic {@code alerts}, says of the past: episodes, each from an alert's first breach to its end. Pure; for people, the
 * console and export.
 */
@NullMarked
package io.hallwatt.alerting.history;

import org.jspecify.annotations.NullMarked;
