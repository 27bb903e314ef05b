/** Event time: which windows can close, what is a repetition, and for how long a power sample holds. Pure: takes times, gives decisions. */
@NullMarked
package io.hallwatt.aggregate.window;

import org.jspecify.annotations.NullMarked;
