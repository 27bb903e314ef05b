package io.hallwatt.contract.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people and Prometheus write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 2d}, {@code 1w}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile(
            "(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
    private static final long[] MILLIS = {604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final String[] NAMES = {"w", "d", "h", "m", "s", "ms"};

    private Durations() {}

    /** Empty where the text is not of the form; {@code 0} alone is zero, as in Prometheus. */
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher matcher = FORM.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        long millis = 0;
        for (int i = 0; i < MILLIS.length; i++) {
            if (matcher.group(i + 1) != null) {
                millis += Long.parseLong(matcher.group(i + 1)) * MILLIS[i];
            }
        }
        return Optional.of(Duration.ofMillis(millis));
    }

    /** The shortest such text: {@code 1h30m}; zero is {@code 0s}. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < MILLIS.length; i++) {
            if (millis >= MILLIS[i]) {
                text.append(millis / MILLIS[i]).append(NAMES[i]);
                millis %= MILLIS[i];
            }
        }
        return text.toString();
    }
}
