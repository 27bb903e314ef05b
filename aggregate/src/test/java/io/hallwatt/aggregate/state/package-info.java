@NullMarked
package io.hallwatt.aggregate.state;

import org.jspecify.annotations.NullMarked;
