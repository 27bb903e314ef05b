/** Whom a connection out of the stage trusts, and as whom it shows itself: from files in PEM form. */
@NullMarked
package io.hallwatt.alerting.tls;

import org.jspecify.annotations.NullMarked;
