package io.hallwatt.aggregate.energy;

import io.hallwatt.contract.EnergyHour.MeterSpan;
import io.hallwatt.contract.EnergyHour.RegisterEvent;
import java.time.Instant;
import java.util.List;

/**
 * A closed hour of a book, as it stands now.
 *
 * @param start    start of the hour
 * @param revision 0 when it was closed, one more for each change since
 * @param energy   of all meters
 * @param meters   for each meter that has a part in the hour: its energy, its first and last register in it as read
 * @param events   what was seen of the registers in it
 */
public record BookedHour(
        Instant start, int revision, Energy energy, List<MeterSpan> meters, List<RegisterEvent> events) {
    public BookedHour {
        meters = List.copyOf(meters);
        events = List.copyOf(events);
    }

    /** No energy, no register reading, nothing seen: an hour in which no meter spoke. */
    public boolean empty() {
        return meters.isEmpty() && events.isEmpty();
    }
}
