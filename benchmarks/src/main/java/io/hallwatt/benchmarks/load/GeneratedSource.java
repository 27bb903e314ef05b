package io.hallwatt.benchmarks.load;

import io.hallwatt.contract.Reading;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.Batch;
import io.hallwatt.ingest.Origin;
import io.hallwatt.ingest.Source;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Valid readings of every device of a site, at nearly no cost of their own: what ingest then costs is to validate, encode and publish. Registers grow with power;
 * neighbours in time are of different halls, as on a real site; one rack in 2,000 overloads a feed for 20 s of every 40.
 */
public final class GeneratedSource implements Source {
    private static final Origin ORIGIN = Origin.made("generated");
    private static final int MOST = 2_000;
    private static final long WAIT_MILLIS = 5;

    private final List<GeneratedDevice> devices;
    private final Timing timing;
    private final InstantSource clock;
    private final long startMillis;
    private long given;

    /** When readings are made, and of what time. */
    public sealed interface Timing {
        /** In real time, each device so many times a second. Where the reader falls behind, readings keep their times. */
        record Paced(double rateHz) implements Timing {}

        /** As fast as the reader takes them, of the present time. */
        record Fastest(Gate gate) implements Timing {}

        /** As fast as the reader takes them, of a past in which each device spoke so many times a second; so many in all. */
        record Past(double rateHz, long readings) implements Timing {}
    }

    /** Holds up whoever comes too fast: has given so many so far. */
    public interface Gate {
        void await(long given) throws InterruptedException;
    }

    public GeneratedSource(Site site, Timing timing, InstantSource clock) {
        this.devices = interleaved(site);
        this.timing = timing;
        this.clock = clock;
        this.startMillis = timing instanceof Timing.Past past
                ? clock.millis() - (long) Math.ceil(past.readings() * 1000.0 / (past.rateHz() * devices.size()))
                : clock.millis();
    }

    @Override
    public @Nullable Batch next() throws InterruptedException {
        return switch (timing) {
            case Timing.Paced paced -> paced(paced.rateHz());
            case Timing.Fastest fastest -> {
                fastest.gate().await(given);
                long now = clock.millis();
                yield batch(MOST, now, 0);
            }
            case Timing.Past past -> {
                int some = (int) Math.min(MOST, past.readings() - given);
                yield some == 0 ? null : batch(some, startMillis, millisEach(past.rateHz()));
            }
        };
    }

    private Batch paced(double rateHz) throws InterruptedException {
        double millisEach = millisEach(rateHz);
        long due = (long) ((clock.millis() - startMillis) / millisEach) - given;
        if (due <= 0) {
            TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
            return new Batch(List.of());
        }
        return batch((int) Math.min(MOST, due), startMillis, millisEach);
    }

    private Batch batch(int size, long fromMillis, double millisEach) {
        List<Batch.Item> items = new ArrayList<>(size);
        int device = (int) (given % devices.size());
        for (int i = 0; i < size; i++) {
            Reading reading = devices.get(device).reading(fromMillis + (long) (given * millisEach));
            items.add(new Batch.Read(reading, ORIGIN));
            given++;
            device = device + 1 == devices.size() ? 0 : device + 1;
        }
        return new Batch(items);
    }

    private double millisEach(double rateHz) {
        return 1000 / (rateHz * devices.size());
    }

    @Override
    public boolean finite() {
        return timing instanceof Timing.Past;
    }

    /** Nothing to release. */
    @Override
    public void close() {}

    /** One device of each hall in turn. */
    private static List<GeneratedDevice> interleaved(Site site) {
        Shapes shapes = new Shapes();
        List<GeneratedDevice> all = new ArrayList<>();
        int most = site.halls().stream()
                .mapToInt(hall -> hall.racks().size() + hall.coolingUnits().size())
                .max()
                .orElse(0);
        int racks = 0;
        for (int i = 0; i < most; i++) {
            for (Hall hall : site.halls()) {
                int unit = i - hall.racks().size();
                if (unit < 0) {
                    all.add(new GeneratedRack(site.id(), hall.id(), hall.racks().get(i), racks++, shapes));
                } else if (unit < hall.coolingUnits().size()) {
                    all.add(new GeneratedUnit(
                            site.id(), hall.id(), hall.coolingUnits().get(unit)));
                }
            }
        }
        site.sources().forEach(source -> all.add(new GeneratedSupply(site.id(), source)));
        return List.copyOf(all);
    }
}
