/** Other programs, as tests ask them. */
@NullMarked
package io.hallwatt.contract.peer;

import org.jspecify.annotations.NullMarked;
