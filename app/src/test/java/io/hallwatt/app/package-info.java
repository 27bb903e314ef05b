/** The command as its users meet it, and the whole pipeline on a real broker. */
@NullMarked
package io.hallwatt.app;

import org.jspecify.annotations.NullMarked;
