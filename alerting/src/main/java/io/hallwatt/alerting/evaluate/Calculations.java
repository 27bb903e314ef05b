package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.Formula;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The formulas of all rules of one task: what several rules ask for, wherever it stands in them, is computed once a window. */
final class Calculations {
    private final Map<Asked, Calculation> known = new HashMap<>();
    private long window;

    private record Asked(Formula formula, boolean missingIsNothing) {}

    /** @param missingIsNothing whether {@code a unless missing} is a, as in Prometheus, which does not tell missing from nothing */
    Calculation of(Formula formula, boolean missingIsNothing) {
        Asked asked = new Asked(formula, missingIsNothing);
        Calculation there = known.get(asked);
        if (there == null) {
            List<Calculation> parts = formula.parts().stream()
                    .map(part -> of(part, missingIsNothing))
                    .toList();
            there = new Calculation(formula, missingIsNothing, parts, this);
            known.put(asked, there);
        }
        return there;
    }

    /** Another window is computed from now on. */
    void begin() {
        window++;
    }

    /** Number of the window that is computed now. */
    long window() {
        return window;
    }
}
