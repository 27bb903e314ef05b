/**
 * Transitions to whoever listens over HTTP: each is read from the topic {@code alerts} and posted, signed, in the form of Alertmanager's own webhooks. Each
 * endpoint reads by itself and commits what it has delivered: a slow one delays no other, and a restart goes on where it was. At least once, under an id that
 * stays the same.
 */
@NullMarked
package io.hallwatt.alerting.webhook;

import org.jspecify.annotations.NullMarked;
