/**
 * The part of PromQL that rules are written in: tokens, a Pratt parser, and the {@link io.hallwatt.alerting.expr.Condition} that a rule holds a value
 * against. Pure. What PromQL has beyond it is refused by name and place; a new operator is one row in {@code Infix} and one case in {@code Expr}.
 */
@NullMarked
package io.hallwatt.alerting.expr;

import org.jspecify.annotations.NullMarked;
