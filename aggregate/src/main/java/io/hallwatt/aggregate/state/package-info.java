/** How accumulators become bytes for the changelog, and come back: fixed layouts of variable-length integers. Pure. */
@NullMarked
package io.hallwatt.aggregate.state;

import org.jspecify.annotations.NullMarked;
