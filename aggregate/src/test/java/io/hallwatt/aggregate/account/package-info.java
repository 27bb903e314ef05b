@NullMarked
package io.hallwatt.aggregate.account;

import org.jspecify.annotations.NullMarked;
