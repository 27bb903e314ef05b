package io.hallwatt.alerting.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as Go's fmt writes them, since that is what Prometheus's templates give. */
final class GoFormat {
    /** Our own pattern over a verb's letters, not a user's: flags, width, precision, verb. */
    private static final Pattern VERB =
            Pattern.compile("%([-+ 0#]{0,5})([0-9]{0,3})(?:\\.([0-9]{0,3}))?(.)", Pattern.DOTALL);

    private GoFormat() {}

    /** {@code %v}: the shortest digits that give the number back, an exponent below 1e-4 and from 1e6 on. */
    static String plain(Object value) {
        if (!(value instanceof Double number)) {
            return value.toString();
        }
        if (number.isNaN()) {
            return "NaN";
        }
        if (number.isInfinite()) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        return exponent < -4 || exponent >= 6 ? scientific(shortest) : shortest.toPlainString();
    }

    /** {@code 1.5e+07}: an exponent of at least two digits. */
    static String scientific(BigDecimal value) {
        BigDecimal bare = value.stripTrailingZeros();
        int exponent = bare.precision() - bare.scale() - 1;
        return exponent(bare.scaleByPowerOfTen(-exponent), exponent);
    }

    private static String exponent(BigDecimal mantissa, int exponent) {
        return "%se%s%02d".formatted(mantissa.toPlainString(), exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /** The verbs {@code %v %s %q %d %f %e %g %%} with flags, width and precision; a verb that does not fit its value is shown as Go shows it. */
    static String printf(String format, List<Object> arguments) {
        StringBuilder out = new StringBuilder();
        Matcher verb = VERB.matcher(format);
        int from = 0;
        int used = 0;
        while (verb.find(from)) {
            out.append(format, from, verb.start());
            from = verb.end();
            if (verb.group(4).equals("%")) {
                out.append('%');
            } else if (used == arguments.size()) {
                out.append("%!").append(verb.group(4)).append("(MISSING)");
            } else {
                out.append(one(verb, arguments.get(used++)));
            }
        }
        out.append(format.substring(from));
        if (used < arguments.size()) {
            out.append("%!(EXTRA ");
            for (int i = used; i < arguments.size(); i++) {
                out.append(i > used ? ", " : "").append(typed(arguments.get(i)));
            }
            out.append(')');
        }
        return out.toString();
    }

    /** One after the other, with a blank between two that are no texts. */
    static String print(List<Object> values) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            boolean apart = i > 0 && !(values.get(i) instanceof String) && !(values.get(i - 1) instanceof String);
            out.append(apart ? " " : "").append(plain(values.get(i)));
        }
        return out.toString();
    }

    private static String one(Matcher verb, Object argument) {
        int precision = verb.group(3) == null ? -1 : verb.group(3).isEmpty() ? 0 : Integer.parseInt(verb.group(3));
        char letter = verb.group(4).charAt(0);
        if (argument instanceof Double number) {
            String text = switch (letter) {
                case 'v' -> plain(number);
                case 'f', 'F' -> fixed(number, precision < 0 ? 6 : precision);
                case 'e' -> exponential(number, precision < 0 ? 6 : precision);
                case 'g' -> general(number, precision);
                default -> null;
            };
            if (text == null) {
                return "%!" + letter + "(" + typed(number) + ")";
            }
            boolean plus = verb.group(1).indexOf('+') >= 0 && number >= 0 && !text.startsWith("+");
            return padded(plus ? "+" + text : text, verb.group(1), verb.group(2), true);
        }
        if (argument instanceof Long number) {
            String text = switch (letter) {
                case 'v', 'd' -> Long.toString(number);
                case 'x' -> Long.toString(number, 16);
                case 'X' -> Long.toString(number, 16).toUpperCase(Locale.ROOT);
                case 'o' -> Long.toString(number, 8);
                case 'b' -> Long.toString(number, 2);
                default -> null;
            };
            if (text == null) {
                return "%!" + letter + "(" + typed(number) + ")";
            }
            boolean plus = verb.group(1).indexOf('+') >= 0 && number >= 0;
            return padded(plus ? "+" + text : text, verb.group(1), verb.group(2), true);
        }
        if (argument instanceof Boolean truth) {
            return letter == 't' || letter == 'v'
                    ? padded(truth.toString(), verb.group(1), verb.group(2), false)
                    : "%!" + letter + "(" + typed(truth) + ")";
        }
        String text = argument.toString();
        if (letter == 's' || letter == 'v') {
            int end = precision < 0 ? text.length() : Math.min(precision, text.length());
            return padded(text.substring(0, end), verb.group(1), verb.group(2), false);
        }
        if (letter == 'q') {
            return padded(
                    "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"",
                    verb.group(1),
                    verb.group(2),
                    false);
        }
        return "%!" + letter + "(" + typed(argument) + ")";
    }

    /** Exact ties go to the even digit, as in Go: 2.25 is 2.2, 2.35 (a little more in binary) is 2.4. */
    private static String fixed(double number, int precision) {
        if (!Double.isFinite(number)) {
            return plain(number);
        }
        String text = new BigDecimal(number)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        // Go keeps the sign of what is rounded to zero.
        return Math.copySign(1, number) < 0 && !text.startsWith("-") ? "-" + text : text;
    }

    private static String exponential(double number, int precision) {
        if (!Double.isFinite(number)) {
            return plain(number);
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        return exponent(rounded.scaleByPowerOfTen(-exponent).setScale(precision, RoundingMode.HALF_EVEN), exponent);
    }

    private static String general(double number, int precision) {
        if (precision < 0 || !Double.isFinite(number) || number == 0) {
            return plain(number);
        }
        int digits = Math.max(1, precision);
        BigDecimal rounded = new BigDecimal(number)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent < -4 || exponent >= digits ? scientific(rounded) : rounded.toPlainString();
    }

    private static String padded(String text, String flags, String width, boolean number) {
        int missing = width.isEmpty() ? 0 : Integer.parseInt(width) - text.length();
        if (missing <= 0) {
            return text;
        }
        if (flags.indexOf('-') >= 0) {
            return text + " ".repeat(missing);
        }
        if (flags.indexOf('0') >= 0 && number) {
            int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
            return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
        }
        return " ".repeat(missing) + text;
    }

    private static String typed(Object value) {
        String type = switch (value) {
            case Double number -> "float64=";
            case Long number -> "int=";
            case Boolean truth -> "bool=";
            default -> "string=";
        };
        return type + plain(value);
    }
}
