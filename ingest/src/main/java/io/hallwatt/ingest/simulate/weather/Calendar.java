package io.hallwatt.ingest.simulate.weather;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Days and months by the sun's time of a place, and how twelve monthly figures become a curve over the year. */
final class Calendar {
    private static final double DAY = 86_400;

    private Calendar() {}

    /** Mean solar seconds since 1970 at the place. */
    static double solarSeconds(double epochSeconds, double longitudeDegrees) {
        return epochSeconds + 240 * longitudeDegrees;
    }

    static long solarDay(double epochSeconds, double longitudeDegrees) {
        return (long) Math.floor(solarSeconds(epochSeconds, longitudeDegrees) / DAY);
    }

    /** Hour of the solar day, in [0, 24). */
    static double solarHour(double epochSeconds, double longitudeDegrees) {
        double seconds = solarSeconds(epochSeconds, longitudeDegrees);
        return (seconds / DAY - Math.floor(seconds / DAY)) * 24;
    }

    /** Month of a day, 0 to 11. */
    static int month(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).getMonthValue() - 1;
    }

    /** Between the middles of the months, linear; the year closes upon itself. */
    static double overTheYear(double[] byMonth, double epochSeconds) {
        LocalDate date = LocalDate.ofInstant(Instant.ofEpochSecond((long) Math.floor(epochSeconds)), ZoneOffset.UTC);
        double dayPart = epochSeconds / DAY - Math.floor(epochSeconds / DAY);
        double x = date.getMonthValue() - 1 + (date.getDayOfMonth() - 1 + dayPart) / date.lengthOfMonth() - 0.5;
        int before = Math.floorMod((int) Math.floor(x), 12);
        double f = x - Math.floor(x);
        return byMonth[before] * (1 - f) + byMonth[(before + 1) % 12] * f;
    }
}
