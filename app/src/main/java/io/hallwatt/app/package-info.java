/** The app stage. */
@NullMarked
package io.hallwatt.app;

import org.jspecify.annotations.NullMarked;
