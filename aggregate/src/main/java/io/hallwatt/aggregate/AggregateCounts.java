package io.hallwatt.aggregate;

import io.hallwatt.contract.Resolution;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the stage has counted, since its state began: from the state that is committed together with the readings' offsets, so that neither an abort nor a restart counts
 * twice. Of the partitions that this instance has, or had last.
 *
 * @param readings               counted in windows, each once
 * @param duplicates             the same reading again
 * @param late                   no longer in windows; in the energy all the same
 * @param rejected               records that are no reading of a known device
 * @param lateHallWindows        windows of halls that came to their site after its own was closed, and are missing there
 * @param registersMilliwattHours energy that registers and intervals give, of halls and sources
 * @param openMilliwattHours     part of it that no closed hour holds yet
 * @param windows                closed windows of halls by resolution; of {@link Resolution#HOUR} the hours of halls and sources put into the journal for the first time
 * @param lag                    records of the input that are not read yet, as the consumers last knew
 */
public record AggregateCounts(
        long readings,
        long duplicates,
        long late,
        long rejected,
        long lateHallWindows,
        long registersMilliwattHours,
        long openMilliwattHours,
        Map<Resolution, Long> windows,
        long lag) {
    public static final AggregateCounts NONE = new AggregateCounts(0, 0, 0, 0, 0, 0, 0, Map.of(), 0);

    public AggregateCounts {
        EnumMap<Resolution, Long> all = new EnumMap<>(Resolution.class);
        for (Resolution resolution : Resolution.values()) {
            all.put(resolution, windows.getOrDefault(resolution, 0L));
        }
        windows = Map.copyOf(all);
    }

    /** Both together; lag too. */
    public AggregateCounts plus(AggregateCounts other) {
        EnumMap<Resolution, Long> all = new EnumMap<>(Resolution.class);
        for (Resolution resolution : Resolution.values()) {
            all.put(resolution, windows.getOrDefault(resolution, 0L) + other.windows.getOrDefault(resolution, 0L));
        }
        return new AggregateCounts(
                readings + other.readings,
                duplicates + other.duplicates,
                late + other.late,
                rejected + other.rejected,
                lateHallWindows + other.lateHallWindows,
                registersMilliwattHours + other.registersMilliwattHours,
                openMilliwattHours + other.openMilliwattHours,
                all,
                lag + other.lag);
    }

    /** The same, with the lag that the consumers know. */
    public AggregateCounts lagging(long records) {
        return new AggregateCounts(
                readings,
                duplicates,
                late,
                rejected,
                lateHallWindows,
                registersMilliwattHours,
                openMilliwattHours,
                windows,
                records);
    }
}
