@NullMarked
package io.hallwatt.contract.catalogue;

import org.jspecify.annotations.NullMarked;
