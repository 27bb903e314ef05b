@NullMarked
package io.hallwatt.contract.wire;

import org.jspecify.annotations.NullMarked;
