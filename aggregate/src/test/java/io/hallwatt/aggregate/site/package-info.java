@NullMarked
package io.hallwatt.aggregate.site;

import org.jspecify.annotations.NullMarked;
