package io.hallwatt.app.command;

import io.hallwatt.app.broker.DataDirectory;
import io.hallwatt.app.pipeline.Feed;
import io.hallwatt.app.pipeline.SimulationFile;
import io.hallwatt.app.topics.SiteTopic;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.publish.RetentionCheck;
import io.hallwatt.ingest.simulate.SimulatedSource;
import io.hallwatt.ingest.simulate.Simulation;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ingest from the simulator into a Kafka that runs elsewhere. */
final class SimulatedIngest implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration BETWEEN_KEEPS = Duration.ofSeconds(5);

    private final Simulated simulated;
    private final KafkaSettings kafka;
    private final InstantSource clock;
    private final @Nullable DataDirectory directory;
    private final @Nullable SimulationFile file;

    private SimulatedIngest(
            Simulated simulated, KafkaSettings kafka, InstantSource clock, @Nullable DataDirectory directory) {
        this.simulated = simulated;
        this.kafka = kafka;
        this.clock = clock;
        this.directory = directory;
        this.file = directory == null ? null : new SimulationFile(directory.path());
    }

    /**
     * Takes the data directory and publishes the site, so that stages that start now know it.
     *
     * @param dataDirectory where the simulation is kept; absent: it begins anew at each start
     * @throws io.hallwatt.contract.config.InvalidInput if topics are missing, or the directory holds a simulation that this one cannot go on from
     * @throws io.hallwatt.app.Unavailable              if the directory cannot be used
     */
    static SimulatedIngest prepare(
            Simulated simulated, @Nullable Path dataDirectory, KafkaSettings kafka, InstantSource clock)
            throws InterruptedException {
        SimulatedIngest ingest = new SimulatedIngest(
                simulated, kafka, clock, dataDirectory == null ? null : DataDirectory.open(dataDirectory));
        try {
            if (ingest.file != null) {
                ingest.file.require(simulated.site(), simulated.config(), clock.instant());
            }
            new RetentionCheck(kafka).requireTopics();
            SiteTopic.publish(simulated.site(), kafka);
            return ingest;
        } catch (RuntimeException | InterruptedException e) {
            ingest.close();
            throw e;
        }
    }

    /**
     * Simulates until the end, or until {@code enough} says so; what was given is acknowledged and the simulation is kept when it returns.
     *
     * @param serving told how to ask whether it is at work
     */
    void run(IngestConfig config, MeterRegistry meters, BooleanSupplier enough, Consumer<BooleanSupplier> serving)
            throws InterruptedException {
        Instant begin = clock.instant();
        Simulation simulation = file == null
                ? Simulation.begin(simulated.site(), simulated.config(), begin)
                : file.open(simulated.site(), simulated.config(), begin);
        SimulatedSource source =
                new SimulatedSource(simulation, simulated.config().pace(), clock);
        keep(source);
        try (Feed feed = Feed.start(new Ingest(config, kafka, simulated.site(), source, meters, clock))) {
            serving.accept(() -> !feed.ended());
            Instant kept = begin;
            while (!feed.await(LOOK) && !enough.getAsBoolean()) {
                Instant now = clock.instant();
                if (Duration.between(kept, now).compareTo(BETWEEN_KEEPS) >= 0) {
                    keep(source);
                    kept = now;
                }
            }
            feed.stop();
            keep(source);
        }
    }

    private void keep(SimulatedSource source) {
        if (file != null) {
            file.keep(source);
        }
    }

    @Override
    public void close() {
        if (directory != null) {
            directory.close();
        }
    }
}
