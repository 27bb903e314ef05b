@NullMarked
package io.hallwatt.contract.config;

import org.jspecify.annotations.NullMarked;
