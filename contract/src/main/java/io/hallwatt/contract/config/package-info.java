/** How a stage's configuration record is checked: all faults at once. */
@NullMarked
package io.hallwatt.contract.config;

import org.jspecify.annotations.NullMarked;
