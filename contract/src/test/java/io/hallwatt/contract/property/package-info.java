/** Property tests: seeds, shrinking, and any record. */
@NullMarked
package io.hallwatt.contract.property;

import org.jspecify.annotations.NullMarked;
