@NullMarked
package io.hallwatt.app.command;

import org.jspecify.annotations.NullMarked;
