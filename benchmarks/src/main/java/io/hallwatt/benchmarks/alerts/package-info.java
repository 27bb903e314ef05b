/** How alerts bear a storm, and how soon they are where people look: on /metrics and at Alertmanager. */
@NullMarked
package io.hallwatt.benchmarks.alerts;

import org.jspecify.annotations.NullMarked;
