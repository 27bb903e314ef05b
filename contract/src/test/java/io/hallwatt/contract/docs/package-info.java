/** Pages and schemas that are generated from the code, and kept current by tests. */
@NullMarked
package io.hallwatt.contract.docs;

import org.jspecify.annotations.NullMarked;
