package io.hallwatt.contract.wire;

/**
 * Event times as text, {@code 2026-01-15T12:00:00.250Z}: UTC, at most milliseconds. The same as {@code java.time} has it, without its objects: a test compares
 * the two. Days to dates and back by the usual integer formulas of the proleptic Gregorian calendar (eras of 146,097 days, years that begin in March).
 */
final class TimeText {
    /** What {@link #parse} gives for what is no such time. */
    static final long NONE = Long.MIN_VALUE;

    private static final long FIRST = -62_167_219_200_000L; // 0000-01-01
    private static final long LAST = 253_402_300_799_999L; // 9999-12-31T23:59:59.999Z
    private static final int[] MONTH_DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private TimeText() {}

    /** Epoch milliseconds, or {@link #NONE}. */
    static long parse(char[] text, int offset, int length) {
        if (length < 20
                || length == 21
                || length > 24
                || text[offset + 4] != '-'
                || text[offset + 7] != '-'
                || text[offset + 10] != 'T'
                || text[offset + 13] != ':'
                || text[offset + 16] != ':'
                || text[offset + length - 1] != 'Z'
                || (length > 20 && text[offset + 19] != '.')) {
            return NONE;
        }
        int year = digits(text, offset, 4);
        int month = digits(text, offset + 5, 2);
        int day = digits(text, offset + 8, 2);
        int hour = digits(text, offset + 11, 2);
        int minute = digits(text, offset + 14, 2);
        int second = digits(text, offset + 17, 2);
        int fractionDigits = Math.max(0, length - 21);
        int fraction = digits(text, offset + 20, fractionDigits);
        if ((year | month | day | hour | minute | second | fraction) < 0
                || month < 1
                || month > 12
                || day < 1
                || day > MONTH_DAYS[month - 1]
                || (month == 2 && day == 29 && !leap(year))
                || hour > 23
                || minute > 59
                || second > 59) {
            return NONE;
        }
        int millis = fractionDigits == 1 ? fraction * 100 : fractionDigits == 2 ? fraction * 10 : fraction;
        return ((daysFromDate(year, month, day) * 24 + hour) * 60 + minute) * 60_000L + second * 1_000L + millis;
    }

    /** Writes 24 characters: always three digits of the second's fraction. */
    static void write(long epochMillis, byte[] out, int offset) {
        if (epochMillis < FIRST || epochMillis > LAST) {
            throw new IllegalArgumentException("%d ms is before the year 0 or after 9999".formatted(epochMillis));
        }
        long days = Math.floorDiv(epochMillis, 86_400_000L);
        int millis = (int) (epochMillis - days * 86_400_000L);

        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);

        put(out, offset, year, 4);
        out[offset + 4] = '-';
        put(out, offset + 5, month, 2);
        out[offset + 7] = '-';
        put(out, offset + 8, dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2);
        out[offset + 10] = 'T';
        put(out, offset + 11, millis / 3_600_000, 2);
        out[offset + 13] = ':';
        put(out, offset + 14, millis / 60_000 % 60, 2);
        out[offset + 16] = ':';
        put(out, offset + 17, millis / 1_000 % 60, 2);
        out[offset + 19] = '.';
        put(out, offset + 20, millis % 1_000, 3);
        out[offset + 23] = 'Z';
    }

    private static long daysFromDate(int year, int month, int day) {
        int marchYear = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(marchYear, 400);
        int yearOfEra = marchYear - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static boolean leap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** The number, or −1 where a character is no digit. */
    private static int digits(char[] text, int offset, int count) {
        int number = 0;
        for (int i = offset; i < offset + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static void put(byte[] out, int offset, int number, int width) {
        int rest = number;
        for (int i = offset + width - 1; i >= offset; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
