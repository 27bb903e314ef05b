/** YAML as strict as a machine can be and with the line and column of every value, for files that people write. */
@NullMarked
package io.hallwatt.contract.yaml;

import org.jspecify.annotations.NullMarked;
