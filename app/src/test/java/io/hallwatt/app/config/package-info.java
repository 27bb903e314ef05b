@NullMarked
package io.hallwatt.app.config;

import org.jspecify.annotations.NullMarked;
