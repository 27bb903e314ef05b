/** Bytes to records and back, and the topics they travel on. */
@NullMarked
package io.hallwatt.contract.wire;

import org.jspecify.annotations.NullMarked;
