/** The nouns that cross topics, and their ids. */
@NullMarked
package io.hallwatt.contract;

import org.jspecify.annotations.NullMarked;
