/** Every metric once: name, unit, scope, formula and its source; the one list that records, rules, Prometheus and docs share. */
@NullMarked
package io.hallwatt.contract.catalogue;

import org.jspecify.annotations.NullMarked;
