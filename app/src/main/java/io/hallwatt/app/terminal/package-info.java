/** What the person at the terminal sees: lines, colours where they are wanted, the live view of a run. */
@NullMarked
package io.hallwatt.app.terminal;

import org.jspecify.annotations.NullMarked;
