@NullMarked
package io.hallwatt.aggregate.rack;

import org.jspecify.annotations.NullMarked;
