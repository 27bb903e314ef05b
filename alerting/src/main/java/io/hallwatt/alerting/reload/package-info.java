/** Rules that are read anew while the stage runs: because a file changed, or because somebody asks. A bad file is refused whole, and what ran goes on. */
@NullMarked
package io.hallwatt.alerting.reload;

import org.jspecify.annotations.NullMarked;
