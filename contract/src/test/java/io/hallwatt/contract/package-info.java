@NullMarked
package io.hallwatt.contract;

import org.jspecify.annotations.NullMarked;
