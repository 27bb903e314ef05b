/**
 * Alerts to Alertmanager, as Prometheus sends them (rules/alerting.go, notifier; API v2), and better where it drops: what fires is told at once, again and
 * again, and its end for 15 minutes; what could not be delivered is kept in its newest state. {@link io.hallwatt.alerting.alertmanager.Dispatch} decides what
 * goes to one Alertmanager and when; it is pure, knows no HTTP and no clock, and its tests are the judge. {@link
 * io.hallwatt.alerting.alertmanager.Alertmanagers} is the shell.
 */
@NullMarked
package io.hallwatt.alerting.alertmanager;

import org.jspecify.annotations.NullMarked;
