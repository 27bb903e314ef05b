@NullMarked
package io.hallwatt.contract.yaml;

import org.jspecify.annotations.NullMarked;
