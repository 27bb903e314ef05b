/** Whether a reading can be believed: pure, asked once for each reading, against the site model and the limits of physics and nameplates. */
@NullMarked
package io.hallwatt.ingest.validate;

import org.jspecify.annotations.NullMarked;
