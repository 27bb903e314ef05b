/** Times of planned work, in the site's own clock time: alerts that begin to fire in one are recorded, and nobody is called. Pure. */
@NullMarked
package io.hallwatt.alerting.maintenance;

import org.jspecify.annotations.NullMarked;
