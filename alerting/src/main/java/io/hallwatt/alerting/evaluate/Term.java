package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.expr.Formula;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one part of an expression comes to at one element, and what its own parts do.
 *
 * @param value     NaN where there is none, or where it is no number
 * @param unmatched why the selector does not look at the element; absent where it does, and of what is no selector
 * @param basis     what a function over a range rests on; absent of others
 * @param parts     of the formula's parts, in its order
 */
public record Term(
        Formula formula,
        Known known,
        double value,
        @Nullable Unmatched unmatched,
        @Nullable Basis basis,
        List<Term> parts) {
    public Term {
        parts = List.copyOf(parts);
    }

    /** What is known of it. */
    public enum Known {
        VALUE,
        /** It is not there: not selected, or not let through. */
        NOTHING,
        /** Nobody knows. */
        MISSING
    }

    /**
     * The windows that a function over a range looked at.
     *
     * @param windows  that have a value
     * @param expected windows that the range holds
     * @param to       end of the range, itself in it; it starts at {@code to − range}, itself not in it
     */
    public record Basis(int windows, int expected, Duration range, Instant to) {
        public Instant from() {
            return to.minus(range);
        }
    }

    /** The functions over ranges in it, in the expression's order. */
    public List<Term> ranges() {
        List<Term> ranges = new ArrayList<>();
        each(term -> {
            if (term.basis() != null) {
                ranges.add(term);
            }
        });
        return ranges;
    }

    /** It, then its parts. */
    private void each(Consumer<Term> look) {
        look.accept(this);
        parts.forEach(part -> part.each(look));
    }
}
