/** A hall's cooling: units that share its heat, the air and water between them, weather outside. */
@NullMarked
package io.hallwatt.ingest.simulate.cooling;

import org.jspecify.annotations.NullMarked;
