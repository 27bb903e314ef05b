package io.hallwatt.benchmarks.alerts;

import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RackReading;
import io.hallwatt.ingest.Batch;
import io.hallwatt.ingest.Source;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Passes a source's readings on, and notes when the rack to be watched in a hall is first in breach: the truth that all latencies are taken from. */
final class BreachWatch implements Source {
    private final Source source;
    private final Map<HallId, RackId> watched;
    private final double limitAmps;
    private final BiConsumer<HallId, Instant> onset;
    private final Set<HallId> inBreach = new HashSet<>();

    /** @param limitAmps of a phase of feed A */
    BreachWatch(Source source, Map<HallId, RackId> watched, double limitAmps, BiConsumer<HallId, Instant> onset) {
        this.source = source;
        this.watched = watched;
        this.limitAmps = limitAmps;
        this.onset = onset;
    }

    @Override
    public @Nullable Batch next() throws InterruptedException {
        Batch batch = source.next();
        if (batch != null) {
            for (Batch.Item item : batch.items()) {
                if (item instanceof Batch.Read read
                        && read.reading() instanceof RackReading rack
                        && rack.rack().equals(watched.get(rack.hall()))) {
                    look(rack);
                }
            }
        }
        return batch;
    }

    private void look(RackReading rack) {
        if (!isOver(rack.feedA())) {
            inBreach.remove(rack.hall());
        } else if (inBreach.add(rack.hall())) {
            onset.accept(rack.hall(), rack.at());
        }
    }

    private boolean isOver(@Nullable FeedReading feed) {
        if (feed == null) {
            return false;
        }
        for (PhaseReading phase : feed.phases()) {
            if (phase.amps() > limitAmps) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean finite() {
        return source.finite();
    }

    @Override
    public int mostUnderWay() {
        return source.mostUnderWay();
    }

    @Override
    public void close() {
        source.close();
    }
}
