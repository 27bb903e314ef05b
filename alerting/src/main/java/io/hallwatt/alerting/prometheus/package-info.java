/**
 * What Prometheus sees: alerts that are pending or fire, the newest value of each metric of halls and the site, the stage's own meters, and the small HTTP
 * server that serves them beside the health checks. No timestamps; what is gone or unknown is not there.
 */
@NullMarked
package io.hallwatt.alerting.prometheus;

import org.jspecify.annotations.NullMarked;
