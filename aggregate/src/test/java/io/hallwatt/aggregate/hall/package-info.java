@NullMarked
package io.hallwatt.aggregate.hall;

import org.jspecify.annotations.NullMarked;
