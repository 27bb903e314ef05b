package io.hallwatt.app;

import io.hallwatt.aggregate.hall.HallOutput;
import io.hallwatt.aggregate.hall.HallSettings;
import io.hallwatt.aggregate.hall.HallWindows;
import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.aggregate.rack.ScanningRackDecoder;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.ingest.simulate.Simulation;
import io.hallwatt.ingest.simulate.SimulationConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/** Aggregate's halls of a simulated site, by event time. */
final class SimulatedHalls {
    private final Site site;
    private final Map<String, HallWindows> halls = new LinkedHashMap<>();

    SimulatedHalls(Site site, HallOutput out) {
        this.site = site;
        for (Hall hall : site.halls()) {
            HallSettings settings = new HallSettings(2_000, 2_000, 3_600_000, false, "rack", "cooling");
            HallWindows windows = new HallWindows(site.id(), hall, settings, out);
            windows.apply(hall);
            halls.put(hall.id().text(), windows);
        }
    }

    /**
     * Gives each hall all that its devices say.
     *
     * @param config names its start
     * @param supply takes what the sources say, with its offset
     */
    void hear(SimulationConfig config, ObjLongConsumer<SupplyReading> supply) throws Malformed {
        ScanningRackDecoder decoder = new ScanningRackDecoder();
        RackReport report = new RackReport();
        long offset = 0;
        for (Reading reading : readings(config)) {
            switch (reading) {
                case RackReading rack -> {
                    decoder.decode(Codecs.RACK_READING.write(rack), report);
                    hall(rack.hall().text()).rack(report, 0, offset++);
                }
                case CoolingReading unit -> hall(unit.hall().text()).cooling(unit, 0, offset++);
                case SupplyReading source -> supply.accept(source, offset++);
            }
        }
    }

    /** @param each is told of each hall when it has closed all */
    void end(Consumer<Hall> each) {
        for (HallWindows hall : halls.values()) {
            hall.end();
            each.accept(hall.model());
        }
    }

    private HallWindows hall(String id) {
        return Objects.requireNonNull(halls.get(id));
    }

    private List<Reading> readings(SimulationConfig config) {
        Simulation simulation = Simulation.begin(site, config, Instant.EPOCH);
        List<Reading> readings = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = simulation.advance(Instant.ofEpochMilli(Long.MAX_VALUE / 4), 1_000, readings::add);
        }
        return readings;
    }
}
