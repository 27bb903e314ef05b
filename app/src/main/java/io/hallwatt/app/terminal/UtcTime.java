package io.hallwatt.app.terminal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them, in UTC and saying so: as lists, the log and all options have them, so that one can be held against the other. */
final class UtcTime {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ssXXX", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

    private UtcTime() {}

    /** {@code 12:30:00Z}; of another day with the date, {@code 2026-01-14T12:30:00Z}. */
    static String text(Instant instant, Instant now) {
        boolean today = day(instant).equals(day(now));
        return instant.atOffset(ZoneOffset.UTC).format(today ? TIME : DAY_AND_TIME);
    }

    /** The present as clocks in two places show it: {@code 12:30:00Z, at the site 13:30:00+01:00}. */
    static String withThatOf(ZoneId site, Instant now) {
        return "%s, at the site %s".formatted(text(now, now), now.atZone(site).format(TIME));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
