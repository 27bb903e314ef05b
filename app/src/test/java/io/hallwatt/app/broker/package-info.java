@NullMarked
package io.hallwatt.app.broker;

import org.jspecify.annotations.NullMarked;
