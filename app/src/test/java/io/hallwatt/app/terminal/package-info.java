@NullMarked
package io.hallwatt.app.terminal;

import org.jspecify.annotations.NullMarked;
