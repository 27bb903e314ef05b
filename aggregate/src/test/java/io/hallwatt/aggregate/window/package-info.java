@NullMarked
package io.hallwatt.aggregate.window;

import org.jspecify.annotations.NullMarked;
