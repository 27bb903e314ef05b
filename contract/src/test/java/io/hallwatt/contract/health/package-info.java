@NullMarked
package io.hallwatt.contract.health;

import org.jspecify.annotations.NullMarked;
