/** Energy books beside their evidence: what a book closes becomes the hours of the journal. Pure. */
@NullMarked
package io.hallwatt.aggregate.account;

import org.jspecify.annotations.NullMarked;
