package io.hallwatt.aggregate.energy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Registers, intervals and power of the meters of one energy subject. */
public final class EnergyBook {
    /** Closed hours that a late reading can still restate. */
    public static final int RESTATABLE_HOURS = 3;

    /** For {@link #register}: the reading has no power. */
    public static final long NO_POWER = -1;

    private final List<MeterSpec> meters;

    public EnergyBook(List<MeterSpec> meters) {
        this.meters = List.copyOf(meters);
    }

    public static EnergyBook restore(List<MeterSpec> meters, Map<String, byte[]> parts) {
        return new EnergyBook(meters);
    }

    public List<MeterSpec> meters() {
        return meters;
    }

    public Arrival register(int meter, long atMillis, long milliwattHours, long milliwatts) {
        return Arrival.IN_TIME;
    }

    public Arrival power(int meter, long atMillis, long milliwatts) {
        return Arrival.IN_TIME;
    }

    public Arrival interval(int meter, long startMillis, long atMillis, long milliwattHours) {
        return Arrival.IN_TIME;
    }

    public int waiting(long boundaryMillis, long silentSinceMillis) {
        return 0;
    }

    public Energy window(long startMillis, long endMillis) {
        return new Energy(0, 0, meters.size(), 0);
    }

    public OptionalLong nextHour() {
        return OptionalLong.empty();
    }

    public BookedHour closeHour() {
        return new BookedHour(java.time.Instant.EPOCH, 0, window(0, 0), List.of(), List.of());
    }

    public List<BookedHour> restatements() {
        return List.of();
    }

    public long registersMilliwattHours() {
        return 0;
    }

    public long openMilliwattHours() {
        return 0;
    }

    public void drainDirty(PartSink sink) {}

    public Map<String, byte[]> parts() {
        return Map.of();
    }
}
