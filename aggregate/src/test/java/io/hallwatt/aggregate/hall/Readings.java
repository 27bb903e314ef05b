package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.UnitId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Readings of the site {@code small} for tests: balanced phases at 240 V, both feeds alike. */
public final class Readings {
    private static final SiteId SITE = new SiteId("small");

    private Readings() {}

    /** @param milliwattHours register of each of the two feeds */
    public static RackReading rack(
            String hall, String rack, long at, long sequence, double amps, long milliwattHours, double inlet) {
        PhaseReading phase = new PhaseReading(240, amps, 240 * amps);
        FeedReading feed = new FeedReading(milliwattHours, List.of(phase, phase, phase));
        return new RackReading(
                SITE,
                new HallId(hall),
                new RackId(rack),
                Instant.ofEpochMilli(at),
                sequence,
                feed,
                feed,
                new InletTemperatures(inlet, inlet - 1, inlet - 2),
                inlet + 12,
                45.0,
                null);
    }

    public static CoolingReading unit(
            String hall, String unit, long at, long sequence, double watts, long milliwattHours, CoolingState state) {
        return unit(hall, unit, at, sequence, watts, milliwattHours, state, 30.0, 1.0, null);
    }

    /** Supply is 18 °C. */
    public static CoolingReading unit(
            String hall,
            String unit,
            long at,
            long sequence,
            double watts,
            long milliwattHours,
            CoolingState state,
            double returnCelsius,
            @Nullable Double flow,
            @Nullable Long millilitres) {
        return new CoolingReading(
                SITE,
                new HallId(hall),
                new UnitId(unit),
                Instant.ofEpochMilli(at),
                sequence,
                watts,
                milliwattHours,
                18.0,
                returnCelsius,
                flow,
                0.5,
                millilitres,
                state,
                null);
    }

    public static SupplyReading source(
            String source, long at, long sequence, double watts, long delivered, @Nullable Double carbon) {
        return new SupplyReading(
                SITE,
                new SourceId(source),
                Instant.ofEpochMilli(at),
                sequence,
                watts,
                delivered,
                null,
                null,
                null,
                carbon,
                null);
    }
}
