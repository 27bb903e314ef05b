package io.hallwatt.alerting.maintenance;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * When planned work is, by the clock on the wall. Where the clock is put back and a time comes twice, work begins at the first and ends at the last; where it is
 * put forward and a time does not come, the moment of the change stands for it.
 */
sealed interface Span {
    boolean contains(Instant at, ZoneId zone);

    /** Until {@code to}, which is not part of it. */
    record Once(LocalDateTime from, LocalDateTime to) implements Span {
        @Override
        public boolean contains(Instant at, ZoneId zone) {
            return !at.isBefore(first(from, zone)) && at.isBefore(last(to, zone));
        }
    }

    /** On each of the days; with a {@code to} that is not after {@code from} until the day after. */
    record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to) implements Span {
        public Weekly {
            days = Set.copyOf(days);
        }

        @Override
        public boolean contains(Instant at, ZoneId zone) {
            LocalDate today = LocalDate.ofInstant(at, zone);
            return on(today, at, zone) || on(today.minusDays(1), at, zone);
        }

        private boolean on(LocalDate day, Instant at, ZoneId zone) {
            LocalDate end = to.isAfter(from) ? day : day.plusDays(1);
            return days.contains(day.getDayOfWeek()) && new Once(day.atTime(from), end.atTime(to)).contains(at, zone);
        }
    }

    private static Instant first(LocalDateTime time, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        return offsets.isEmpty() ? change(time, zone) : time.toInstant(offsets.getFirst());
    }

    private static Instant last(LocalDateTime time, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        return offsets.isEmpty() ? change(time, zone) : time.toInstant(offsets.getLast());
    }

    private static Instant change(LocalDateTime time, ZoneId zone) {
        return Objects.requireNonNull(zone.getRules().getTransition(time), "a time that does not come is in a change")
                .getInstant();
    }
}
