@NullMarked
package io.hallwatt.aggregate.streams;

import org.jspecify.annotations.NullMarked;
