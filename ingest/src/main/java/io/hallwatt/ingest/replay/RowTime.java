package io.hallwatt.ingest.replay;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.wire.Malformed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a row's time is read: text → instant, to the millisecond.
 *
 * @param firstCharacters how much of the cell is the time; 0: all
 * @param zone            of times without offset; absent where each has one
 * @param overlap         which of two instants a local time means that the clock shows twice
 * @param shift           added to every instant
 */
record RowTime(
        String column,
        int firstCharacters,
        Form form,
        @Nullable ZoneId zone,
        Overlap overlap,
        Duration shift) {
    /** Local times that exist twice, when clocks are set back. */
    enum Overlap {
        EARLIER,
        LATER
    }

    /** How times are written. */
    sealed interface Form {
        record Pattern(String text, DateTimeFormatter formatter) implements Form {}

        record Epoch(long millisPerUnit) implements Form {}
    }

    private static final int MOST_EPOCH_CHARACTERS = 24;

    private static final DateTimeFormatter ISO_FORM = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);

    static final Form ISO = new Form.Pattern("ISO 8601", ISO_FORM);

    /** @throws IllegalArgumentException with a sentence, if it is no pattern of java.time */
    static Form pattern(String text) {
        // Years of an era ("yyyy") need the era to be a date; everybody means the plain year.
        String pattern = text.indexOf('G') >= 0 ? text : text.replace('y', 'u');
        try {
            return new Form.Pattern(
                    text, DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is no pattern (%s); write it as yyyy-MM-dd HH:mm:ss".formatted(text, e.getMessage()), e);
        }
    }

    /** @throws Malformed MISSING_VALUE where the cell is empty, BAD_TIME where it is no instant */
    Instant read(Cells cells) throws Malformed {
        String text = cells.get(column);
        if (text == null) {
            throw new Malformed(RejectCode.MISSING_VALUE, "%s, the row's time, is empty".formatted(column));
        }
        if (firstCharacters > 0) {
            if (text.length() < firstCharacters) {
                throw bad(text, "has %d characters, %d expected".formatted(text.length(), firstCharacters));
            }
            text = text.substring(0, firstCharacters);
        }
        Instant instant = switch (form) {
            case Form.Pattern p -> written(text, p);
            case Form.Epoch e -> counted(text, e.millisPerUnit());
        };
        Instant shifted = instant.truncatedTo(ChronoUnit.MILLIS).plus(shift);
        if (shifted.getEpochSecond() < 0 || shifted.getEpochSecond() > 253_402_300_799L) {
            throw bad(text, "is %s after the shift; 1970 to 9999 can be read".formatted(shifted));
        }
        return shifted;
    }

    private Instant written(String text, Form.Pattern pattern) throws Malformed {
        TemporalAccessor parsed;
        try {
            parsed = pattern.formatter().parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        } catch (DateTimeException e) {
            throw bad(text, "is no time of the form %s".formatted(pattern.text()));
        }
        return switch (parsed) {
            case OffsetDateTime withOffset -> withOffset.toInstant();
            case LocalDateTime local -> local(text, local);
            case LocalDate date -> local(text, date.atStartOfDay());
            default -> throw new IllegalStateException("parsed to " + parsed.getClass());
        };
    }

    private Instant local(String text, LocalDateTime local) throws Malformed {
        if (zone == null) {
            throw bad(text, "has no offset, and the mapping states no zone");
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            ZoneOffsetTransition gap = zone.getRules().getTransition(local);
            throw bad(
                    text,
                    "does not exist in %s, whose clocks went from %s to %s"
                            .formatted(
                                    zone,
                                    gap.getDateTimeBefore().toLocalTime(),
                                    gap.getDateTimeAfter().toLocalTime()));
        }
        ZoneOffset offset = overlap == Overlap.EARLIER ? offsets.get(0) : offsets.get(offsets.size() - 1);
        return local.toInstant(offset);
    }

    private Instant counted(String text, long millisPerUnit) throws Malformed {
        if (text.length() > MOST_EPOCH_CHARACTERS || !text.matches("-?\\d+(\\.\\d+)?")) {
            throw bad(text, "is no count since 1970");
        }
        try {
            return Instant.ofEpochMilli(new BigDecimal(text)
                    .multiply(BigDecimal.valueOf(millisPerUnit))
                    .setScale(0, RoundingMode.FLOOR)
                    .longValueExact());
        } catch (ArithmeticException e) {
            throw bad(text, "is beyond all years");
        }
    }

    private Malformed bad(String text, String why) {
        return new Malformed(RejectCode.BAD_TIME, "%s \"%s\" %s".formatted(column, Shown.cut(text), why));
    }
}
