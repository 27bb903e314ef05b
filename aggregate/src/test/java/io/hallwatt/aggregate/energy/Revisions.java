package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a book has given of each hour: its newest revision. */
final class Revisions {
    private static final long HOUR = 3_600_000;

    /** By start, epoch ms. */
    final Map<Long, BookedHour> hours = new TreeMap<>();

    /** Each is the next of its hour. */
    void take(List<BookedHour> given) {
        for (BookedHour hour : given) {
            BookedHour before = hours.put(hour.start().toEpochMilli(), hour);
            assertThat(hour.revision()).isEqualTo(before == null ? 0 : before.revision() + 1);
        }
    }

    /** Closes the hours that ended an hour before, as time goes on. */
    void closeUntil(long now, EnergyBook book) {
        OptionalLong next = book.nextHour();
        while (next.isPresent() && next.getAsLong() + HOUR <= now) {
            take(List.of(book.closeHour()));
            take(book.restatements());
            next = book.nextHour();
        }
    }

    long total() {
        return hours.values().stream()
                .mapToLong(hour -> hour.energy().totalMilliwattHours())
                .sum();
    }
}
