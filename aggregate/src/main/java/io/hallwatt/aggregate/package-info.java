/** The aggregate stage. */
@NullMarked
package io.hallwatt.aggregate;

import org.jspecify.annotations.NullMarked;
