package io.hallwatt.alerting.expr;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as PromQL writes them: {@code 1h30m}, units from the longest to the shortest, each once. */
final class RangeText {
    private static final Pattern FORM = Pattern.compile(
            "(?:([0-9]{1,9})y)?(?:([0-9]{1,9})w)?(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    private static final long[] MILLIS = {31_536_000_000L, 604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1};

    /** As in Prometheus, whose durations are 64 bits of nanoseconds. */
    private static final long LONGEST_MILLIS = Long.MAX_VALUE / 1_000_000;

    private RangeText() {}

    static Duration parse(Token token) throws ExprFault {
        Matcher units = FORM.matcher(token.text());
        if (!units.matches()) {
            throw new ExprFault(
                    token.offset(),
                    "%s is no duration: write its units from the longest to the shortest, each once, as 1h30m"
                            .formatted(token.shown()));
        }
        long millis = 0;
        for (int i = 0; i < MILLIS.length; i++) {
            if (units.group(i + 1) != null) {
                long count = Long.parseLong(units.group(i + 1));
                if (count > LONGEST_MILLIS / MILLIS[i] || millis + count * MILLIS[i] > LONGEST_MILLIS) {
                    throw new ExprFault(token.offset(), "%s is longer than 292 years".formatted(token.shown()));
                }
                millis += count * MILLIS[i];
            }
        }
        if (millis == 0) {
            throw new ExprFault(token.offset(), "a range of 0 holds nothing: write [5m]");
        }
        return Duration.ofMillis(millis);
    }

    static String of(Duration duration) {
        StringBuilder text = new StringBuilder();
        long left = duration.toMillis();
        for (int i = 0; i < MILLIS.length; i++) {
            if (left >= MILLIS[i]) {
                text.append(left / MILLIS[i]).append(UNITS[i]);
                left %= MILLIS[i];
            }
        }
        return text.toString();
    }
}
