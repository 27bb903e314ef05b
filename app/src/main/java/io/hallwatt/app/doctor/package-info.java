/** Looks at what Hallwatt needs around it, and says how to mend what is not there. */
@NullMarked
package io.hallwatt.app.doctor;

import org.jspecify.annotations.NullMarked;
