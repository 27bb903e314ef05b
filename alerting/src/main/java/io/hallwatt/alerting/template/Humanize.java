package io.hallwatt.alerting.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Numbers for people, to the letter as Prometheus writes them (prometheus/prometheus template/template.go). */
final class Humanize {
    private static final String[] LARGE = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
    private static final String[] SMALL = {"m", "u", "n", "p", "f", "a", "z", "y"};
    private static final String[] BINARY = {"ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"};

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 3, true)
            .appendLiteral(" +0000 UTC")
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /** What nanoseconds in 64 bits reach: the year 2262. */
    private static final double LATEST = 9.2e9;

    private Humanize() {}

    /** {@code 1.235M}: four digits and a metric prefix. */
    static String decimal(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return fourDigits(value);
        }
        String prefix = "";
        double scaled = value;
        if (Math.abs(scaled) >= 1) {
            for (int i = 0; i < LARGE.length && Math.abs(scaled) >= 1000; i++) {
                prefix = LARGE[i];
                scaled /= 1000;
            }
        } else {
            for (int i = 0; i < SMALL.length && Math.abs(scaled) < 1; i++) {
                prefix = SMALL[i];
                scaled *= 1000;
            }
        }
        return fourDigits(scaled) + prefix;
    }

    /** {@code 1.5Mi}: four digits and a binary prefix. */
    static String binary(double value) {
        if (Math.abs(value) <= 1 || !Double.isFinite(value)) {
            return fourDigits(value);
        }
        String prefix = "";
        double scaled = value;
        for (int i = 0; i < BINARY.length && Math.abs(scaled) >= 1024; i++) {
            prefix = BINARY[i];
            scaled /= 1024;
        }
        return fourDigits(scaled) + prefix;
    }

    /** {@code 83.25%}: four digits. */
    static String percentage(double ratio) {
        return fourDigits(ratio * 100) + "%";
    }

    /** {@code 1h 2m 3s}; below a minute four digits and a prefix: {@code 12.5s}, {@code 3ms}. */
    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return fourDigits(seconds);
        }
        if (seconds == 0) {
            return fourDigits(seconds) + "s";
        }
        if (Math.abs(seconds) < 1) {
            String prefix = "";
            double scaled = seconds;
            for (int i = 0; i < SMALL.length && Math.abs(scaled) < 1; i++) {
                prefix = SMALL[i];
                scaled *= 1000;
            }
            return fourDigits(scaled) + prefix + "s";
        }
        String sign = seconds < 0 ? "-" : "";
        long whole = (long) Math.abs(seconds);
        if (whole < 60) {
            return sign + fourDigits(Math.abs(seconds)) + "s";
        }
        String text = "%dm %ds".formatted(whole / 60 % 60, whole % 60);
        if (whole >= 3600) {
            text = "%dh %s".formatted(whole / 3600 % 24, text);
        }
        if (whole >= 86_400) {
            text = "%dd %s".formatted(whole / 86_400, text);
        }
        return sign + text;
    }

    /** {@code 2015-06-23 13:19:44.128 +0000 UTC}: seconds since 1970, to the millisecond. */
    static String timestamp(double seconds) {
        if (!Double.isFinite(seconds) || Math.abs(seconds) > LATEST) {
            return fourDigits(seconds);
        }
        return TIME.format(Instant.ofEpochMilli((long) (seconds * 1000)));
    }

    /** Go's {@code %.4g}. */
    private static String fourDigits(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return GoFormat.plain(value);
        }
        BigDecimal rounded = new BigDecimal(value)
                .round(new MathContext(4, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent < -4 || exponent >= 4 ? GoFormat.scientific(rounded) : rounded.toPlainString();
    }
}
