/** Sites for tests, and what is said of the site file. */
@NullMarked
package io.hallwatt.contract.site;

import org.jspecify.annotations.NullMarked;
