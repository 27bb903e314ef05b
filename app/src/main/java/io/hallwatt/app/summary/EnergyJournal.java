package io.hallwatt.app.summary;

import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.SiteId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hours of {@code energy.hour}, of each the last revision. Any order of records gives the same journal. */
final class EnergyJournal {
    /** What an hour is of. */
    record HourKey(SiteId site, EnergySubject subject, Instant start) {}

    /**
     * An hour without its evidence.
     *
     * @param complete                   every meter of the subject is known for the whole hour
     * @param carbonGramsPerKilowattHour mean over the hour, where it is known
     */
    record Entry(
            HourKey key,
            int revision,
            long measuredMilliwattHours,
            long estimatedMilliwattHours,
            boolean complete,
            @Nullable Double carbonGramsPerKilowattHour) {
        long totalMilliwattHours() {
            return Math.addExact(measuredMilliwattHours, estimatedMilliwattHours);
        }
    }

    private final Map<HourKey, Entry> last = new HashMap<>();

    void add(EnergyHour hour) {
        HourKey key = new HourKey(hour.site(), hour.subject(), hour.start());
        Entry entry = new Entry(
                key,
                hour.revision(),
                hour.measuredMilliwattHours(),
                hour.estimatedMilliwattHours(),
                hour.metersComplete() >= hour.metersExpected(),
                hour.carbonGramsPerKilowattHour());
        last.merge(key, entry, (one, other) -> one.revision() >= other.revision() ? one : other);
    }

    Collection<Entry> entries() {
        return last.values();
    }

    @Nullable
    Entry find(HourKey key) {
        return last.get(key);
    }

    /** Measured and estimated, over all hours and subjects. */
    long totalMilliwattHours() {
        return last.values().stream().mapToLong(Entry::totalMilliwattHours).reduce(0, Math::addExact);
    }

    long estimatedMilliwattHours() {
        return last.values().stream().mapToLong(Entry::estimatedMilliwattHours).reduce(0, Math::addExact);
    }
}
