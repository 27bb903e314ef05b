/** How a setting finds its value: flag, then environment, then file, then default; strictly, with every fault at once. */
@NullMarked
package io.hallwatt.app.config;

import org.jspecify.annotations.NullMarked;
