package io.hallwatt.alerting.expr;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of a selector's conditions on labels. Regular expressions are RE2's, matched against the whole value: they take linear time, whatever a file says. */
public final class LabelMatcher {
    private final String label;
    private final String symbol;
    private final String value;
    private final @Nullable Pattern pattern;

    private LabelMatcher(String label, String symbol, String value, @Nullable Pattern pattern) {
        this.label = label;
        this.symbol = symbol;
        this.value = value;
        this.pattern = pattern;
    }

    /** @param symbol one of {@code = != =~ !~} */
    public static LabelMatcher of(String label, String symbol, String value, int offset) throws ExprFault {
        if (!symbol.endsWith("~")) {
            return new LabelMatcher(label, symbol, value, null);
        }
        try {
            return new LabelMatcher(label, symbol, value, BoundedPattern.compile(value, Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new ExprFault(
                    offset,
                    "\"%s\" is no regular expression (RE2): %s"
                            .formatted(BoundedPattern.shown(value), e.getDescription()));
        }
    }

    public String label() {
        return label;
    }

    public String value() {
        return value;
    }

    /** Whether it demands exactly this value: {@code =}. */
    public boolean isEquality() {
        return symbol.equals("=");
    }

    /** @param actual the label's value; empty where the series has no such label, as in Prometheus */
    public boolean matches(String actual) {
        boolean same = pattern == null ? value.equals(actual) : pattern.matches(actual);
        return symbol.startsWith("!") != same;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabelMatcher that
                && label.equals(that.label)
                && symbol.equals(that.symbol)
                && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(label, symbol, value);
    }

    @Override
    public String toString() {
        String escaped = value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\r", "\\r");
        return label + symbol + "\"" + escaped + "\"";
    }
}
