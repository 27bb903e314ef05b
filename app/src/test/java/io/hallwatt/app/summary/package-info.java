@NullMarked
package io.hallwatt.app.summary;

import org.jspecify.annotations.NullMarked;
