@NullMarked
package io.hallwatt.app.pipeline;

import org.jspecify.annotations.NullMarked;
