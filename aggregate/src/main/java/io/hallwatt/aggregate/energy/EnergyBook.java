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
        throw new UnsupportedOperationException(meters + " " + parts);
    }

    public List<MeterSpec> meters() {
        return meters;
    }

    public Arrival register(int meter, long atMillis, long milliwattHours, long milliwatts) {
        throw new UnsupportedOperationException(meter + " " + atMillis + " " + milliwattHours + " " + milliwatts);
    }

    public Arrival power(int meter, long atMillis, long milliwatts) {
        throw new UnsupportedOperationException(meter + " " + atMillis + " " + milliwatts);
    }

    public Arrival interval(int meter, long startMillis, long atMillis, long milliwattHours) {
        throw new UnsupportedOperationException(meter + " " + startMillis + " " + atMillis + " " + milliwattHours);
    }

    public int waiting(long boundaryMillis, long silentSinceMillis) {
        throw new UnsupportedOperationException(boundaryMillis + " " + silentSinceMillis);
    }

    public Energy window(long startMillis, long endMillis) {
        throw new UnsupportedOperationException(startMillis + " " + endMillis);
    }

    public OptionalLong nextHour() {
        throw new UnsupportedOperationException();
    }

    public BookedHour closeHour() {
        throw new UnsupportedOperationException();
    }

    public List<BookedHour> restatements() {
        throw new UnsupportedOperationException();
    }

    public long registersMilliwattHours() {
        throw new UnsupportedOperationException();
    }

    public long openMilliwattHours() {
        throw new UnsupportedOperationException();
    }

    public void drainDirty(PartSink sink) {
        throw new UnsupportedOperationException(String.valueOf(sink));
    }

    public Map<String, byte[]> parts() {
        throw new UnsupportedOperationException();
    }
}
