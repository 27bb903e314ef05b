@NullMarked
package io.hallwatt.ingest.validate;

import org.jspecify.annotations.NullMarked;
