@NullMarked
package io.hallwatt.app.past;

import org.jspecify.annotations.NullMarked;
