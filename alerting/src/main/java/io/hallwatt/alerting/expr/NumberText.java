package io.hallwatt.alerting.expr;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Numbers as Prometheus 2.42 writes and reads them (promql/parser: scanNumber, parseNumber): a whole number by Go's {@code ParseInt} of base 0, where a leading 0
 * means octal and 0x hexadecimal, and where that does not fit, a decimal one. So {@code 010} is 8, and {@code 08}, {@code 010.0} and {@code 010e1} are what they
 * look like.
 */
public final class NumberText {
    /** More digits than any double has; a bound, since what is longer was never meant. */
    private static final int LONGEST = 64;

    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]+");
    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");
    private static final Pattern DECIMAL = Pattern.compile("(?:[0-9]++\\.?+[0-9]*+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");
    private static final BigInteger LARGEST_WHOLE = BigInteger.valueOf(Long.MAX_VALUE);

    private NumberText() {}

    /**
     * The number that a word without a sign is; empty where it is none, or one that no double holds.
     */
    public static Optional<Double> parse(String word) {
        if (word.equalsIgnoreCase("inf")) {
            return Optional.of(Double.POSITIVE_INFINITY);
        }
        if (word.equalsIgnoreCase("nan")) {
            return Optional.of(Double.NaN);
        }
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        if (HEXADECIMAL.matcher(word).matches()) {
            return whole(word.substring(2), 16);
        }
        if (!DECIMAL.matcher(word).matches()) {
            return Optional.empty();
        }
        Optional<Double> octal = OCTAL.matcher(word).matches() ? whole(word, 8) : Optional.empty();
        return octal.or(() -> Optional.of(Double.parseDouble(word)).filter(Double::isFinite));
    }

    /** As far as 63 bits hold it: Prometheus reads no larger ones but in decimal. */
    private static Optional<Double> whole(String digits, int base) {
        BigInteger whole = new BigInteger(digits, base);
        return whole.compareTo(LARGEST_WHOLE) > 0 ? Optional.empty() : Optional.of((double) whole.longValue());
    }
}
