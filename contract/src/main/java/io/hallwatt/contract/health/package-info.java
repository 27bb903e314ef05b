/** Whether a stage works, begins again after a fault, or has failed for good: one rule for all of them, which knows nothing of what they do. */
@NullMarked
package io.hallwatt.contract.health;

import org.jspecify.annotations.NullMarked;
