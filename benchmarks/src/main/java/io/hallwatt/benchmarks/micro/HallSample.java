package io.hallwatt.benchmarks.micro;

import io.hallwatt.aggregate.hall.HallOutput;
import io.hallwatt.aggregate.hall.HallSettings;
import io.hallwatt.aggregate.hall.HallWindows;
import io.hallwatt.aggregate.rack.CodecRackDecoder;
import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.benchmarks.load.GeneratedSource;
import io.hallwatt.benchmarks.load.SiteOfRacks;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.ingest.Batch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A hall of the reference site's size over a minute and a half, at one report a second: what the benchmarks work on. */
final class HallSample {
    static final int RACKS = 200;
    static final int SECONDS = 90;
    /** All that the racks say. */
    static final int REPORTS = RACKS * SECONDS;

    private static final long NOW = Instant.parse("2026-01-15T12:00:00Z").toEpochMilli();
    private static final HallSettings SETTINGS =
            new HallSettings(2_000, 2_000, 3_600_000, false, "readings.rack", "readings.cooling");

    final Site site = new SiteOfRacks(RACKS, 1).site();
    final Hall hall = site.halls().getFirst();
    final List<RackReading> readings = new ArrayList<>();
    final List<byte[]> wire = new ArrayList<>();
    final List<RackReport> reports = new ArrayList<>();
    final RackFrame frame;
    final HallMetrics metrics;

    private HallSample() throws InterruptedException, Malformed {
        int devices = RACKS + hall.coolingUnits().size() + site.sources().size();
        GeneratedSource source = new GeneratedSource(
                site,
                new GeneratedSource.Timing.Past(1, (long) devices * SECONDS),
                InstantSource.fixed(Instant.ofEpochMilli(NOW)));
        CodecRackDecoder decoder = new CodecRackDecoder();
        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            for (Batch.Item item : batch.items()) {
                if (item instanceof Batch.Read read && read.reading() instanceof RackReading rack) {
                    byte[] bytes = Codecs.RACK_READING.write(rack);
                    RackReport report = new RackReport();
                    decoder.decode(bytes, report);
                    readings.add(rack);
                    wire.add(bytes);
                    reports.add(report);
                }
            }
        }
        Newest newest = new Newest();
        run(newest);
        if (newest.frame == null || newest.metrics == null) {
            throw new IllegalStateException("no window closed in %d reports".formatted(reports.size()));
        }
        frame = newest.frame;
        metrics = newest.metrics;
    }

    static HallSample make() {
        try {
            return new HallSample();
        } catch (Malformed e) {
            throw new IllegalStateException("a reading of ours cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while readings were made", e);
        }
    }

    /** Epoch ms when all of it is past. */
    static long now() {
        return NOW;
    }

    /** All reports into a hall's fresh windows. */
    void run(HallOutput out) {
        HallWindows windows = new HallWindows(site.id(), hall, SETTINGS, out);
        windows.apply(hall);
        long offset = 0;
        for (RackReport report : reports) {
            windows.rack(report, 0, offset++);
        }
    }

    /** Keeps the last of each. */
    private static final class Newest implements HallOutput {
        private @Nullable RackFrame frame;
        private @Nullable HallMetrics metrics;

        @Override
        public void racks(RackFrame racks, long newestReading) {
            frame = racks;
        }

        @Override
        public void hall(HallMetrics hall, long newestReading) {
            metrics = hall;
        }

        @Override
        public void hour(EnergyHour hour) {}
    }
}
