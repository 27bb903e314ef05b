package io.hallwatt.benchmarks.alerts;

import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.alerting.rule.Twin;
import io.hallwatt.app.Unavailable;
import io.hallwatt.app.pipeline.Feed;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.app.pipeline.Stages;
import io.hallwatt.benchmarks.load.SiteOfRacks;
import io.hallwatt.benchmarks.meter.Machine;
import io.hallwatt.benchmarks.meter.Meter;
import io.hallwatt.benchmarks.meter.Usage;
import io.hallwatt.benchmarks.pipeline.PipelineRun;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.Ingest;
import io.hallwatt.ingest.Source;
import io.hallwatt.ingest.simulate.SimulatedSource;
import io.hallwatt.ingest.simulate.Simulation;
import io.hallwatt.ingest.simulate.SimulationConfig;
import io.hallwatt.ingest.simulate.scenario.Scenario;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How soon is an alert where people look? The whole pipeline at work, halls that go into breach at known times, and beside it the real Prometheus on the same page
 * of metrics with the same rule.
 */
public final class AlertLatencyRun {
    private static final String FILE = "bench.yaml";
    private static final String ALERT = "BenchFeedOverload";
    private static final double LIMIT = 0.85;
    private static final double OVERLOAD = 0.92;
    private static final Duration FIRST = Duration.ofSeconds(5);
    /** Not a divisor of any interval: over the halls, breaches begin at all phases of whoever looks. */
    private static final Duration APART = Duration.ofMillis(1_013);

    private static final Duration SCRAPE_EVERY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 20;
    private static final String PAGE = "hallwatt, on /metrics";
    private static final String ALERTMANAGER = "hallwatt, at Alertmanager";

    /** Damping is off: each episode is to be told, however many there are. */
    private static final String RULES = """
            groups:
              - name: bench
                rules:
                  - alert: %s
                    expr: hallwatt_hall_feed_load_max_ratio > %s
                    for: 0s
                    flapping: {firings: 0}
            """.formatted(ALERT, LIMIT);

    private final SiteOfRacks size;
    private final Pace pace;
    private final PipelineRun.Settings settings;
    private final KafkaSettings kafka;
    private final Path folder;
    private final InstantSource clock = InstantSource.system();
    private final Site site;
    private final Episodes episodes = new Episodes();

    /**
     * How often halls go into breach.
     *
     * @param inBreach    how long each stays there, and then as long out of it
     * @param prometheus  how often each Prometheus beside looks; {@code inBreach} is longer, so that each sees every episode and its end
     */
    public record Pace(Duration inBreach, List<Duration> prometheus) {
        /** Prometheus in a hurry, and as it is usually set. */
        public static final Pace USUAL =
                new Pace(Duration.ofSeconds(20), List.of(Duration.ofSeconds(1), Duration.ofSeconds(15)));

        public Pace {
            prometheus = List.copyOf(prometheus);
        }

        /** How long after its beginning an episode may be seen by the slowest. */
        private Duration patience() {
            return inBreach.multipliedBy(3).dividedBy(2);
        }
    }

    /**
     * On topics that are laid out.
     *
     * @param settings its rules run too
     * @param folder   for what Prometheus keeps
     */
    public AlertLatencyRun(
            SiteOfRacks size, Pace pace, PipelineRun.Settings settings, KafkaSettings kafka, Path folder) {
        this.size = size;
        this.pace = pace;
        this.settings = settings;
        this.kafka = kafka;
        this.folder = folder;
        this.site = size.site();
    }

    /**
     * @param length      measured; alerts of what begins at its end are not waited for
     * @param interrupted looked at all the while: once it says so, what was measured so far is the result
     */
    public AlertLatencyResult measure(Duration warmUp, Duration length, BooleanSupplier interrupted)
            throws InterruptedException {
        Machine machine = Machine.here();
        try (Metrics metrics = Metrics.open("127.0.0.1", 0);
                Receiver alertmanager = receiver(ALERTMANAGER);
                Stages stages = Stages.start(
                        metrics,
                        settings.aggregate(),
                        settings.alerting().telling(List.of(alertmanager.uri()), null, null),
                        rules(),
                        kafka,
                        clock);
                Peers peers = new Peers(metrics.uri())) {
            await("The stages did not start", stages::ready);
            try (Meter meter = new Meter(() -> {});
                    Scraper scraper = new Scraper(metrics.uri(), SCRAPE_EVERY, clock, this::read);
                    Feed feed = Feed.start(
                            new Ingest(settings.ingest(), kafka, site, source(), metrics.registry(), clock))) {
                pass(warmUp, feed, interrupted);
                episodes.begin(clock.instant());
                scraper.begin();
                Usage before = meter.usage();
                pass(length, feed, interrupted);
                Usage used = meter.usage().since(before);
                peers.failIfEnded();
                Instant until = clock.instant().minus(pace.patience());
                return new AlertLatencyResult(
                        size.racks(),
                        size.halls(),
                        used.seconds(),
                        episodes.count(until),
                        Stream.concat(Stream.of(PAGE, ALERTMANAGER), peers.names.stream())
                                .map(name -> episodes.way(name, until))
                                .toList(),
                        scraper.latency(),
                        used.cpuSeconds() / used.seconds(),
                        used.coresOfOthers(),
                        peers.missing.orElse(null),
                        machine);
            }
        }
    }

    private RuleSource rules() {
        return () -> {
            Map<String, String> texts = new LinkedHashMap<>(settings.rules().texts());
            texts.put(FILE, RULES);
            return texts;
        };
    }

    private Source source() {
        StringBuilder faults = new StringBuilder("faults:\n");
        Duration at = FIRST;
        for (Hall hall : site.halls()) {
            faults.append(
                    "  - { fault: breaker-overload, target: %s/%s, feed: A, to: %s, at: %s, for: %s, every: %s }\n"
                            .formatted(
                                    hall.id(),
                                    watched(hall),
                                    OVERLOAD,
                                    Durations.format(at),
                                    Durations.format(pace.inBreach()),
                                    Durations.format(pace.inBreach().multipliedBy(2))));
            at = at.plus(APART);
        }
        SimulationConfig config =
                SimulationConfig.DEFAULTS.withScenario(Scenario.read("bench", faults.toString(), site));
        Map<HallId, RackId> watched =
                site.halls().stream().collect(Collectors.toMap(Hall::id, AlertLatencyRun::watched));
        return new BreachWatch(
                new SimulatedSource(Simulation.begin(site, config, clock.instant()), config.pace(), clock),
                watched,
                LIMIT * SiteOfRacks.BREAKER_AMPS,
                episodes::began);
    }

    private static RackId watched(Hall hall) {
        return hall.racks().getFirst().id();
    }

    /** Halls whose alert is on the page. */
    private void read(String page, Instant came) {
        for (int line = page.indexOf("\nhallwatt_alerts{");
                line >= 0;
                line = page.indexOf("\nhallwatt_alerts{", line + 1)) {
            String labels = page.substring(line, page.indexOf('}', line));
            if (labels.contains("alertname=\"" + ALERT + "\"") && labels.contains("alertstate=\"firing\"")) {
                int hall = labels.indexOf("hall=\"") + "hall=\"".length();
                episodes.seen(PAGE, new HallId(labels.substring(hall, labels.indexOf('"', hall))), came);
            }
        }
    }

    private Receiver receiver(String name) {
        return new Receiver(clock, alert -> {
            String hall = alert.labels().get("hall");
            if (ALERT.equals(alert.labels().get("alertname")) && hall != null) {
                episodes.told(name, new HallId(hall), alert);
            }
        });
    }

    private static void pass(Duration time, Feed feed, BooleanSupplier interrupted) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        feed.await(() -> interrupted.getAsBoolean() || System.nanoTime() >= end);
    }

    private static void await(String otherwise, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline) {
                throw new Unavailable("%s within %s. Look at the log above.".formatted(otherwise, PATIENCE));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** The real Prometheus, where it is installed. */
    private final class Peers implements AutoCloseable {
        private final List<String> names = new ArrayList<>();
        private final List<RealPrometheus> running = new ArrayList<>();
        private final List<Receiver> receivers = new ArrayList<>();
        private final Optional<String> missing;

        Peers(URI page) {
            Optional<Path> program = RealPrometheus.installed();
            missing = program.isPresent()
                    ? Optional.empty()
                    : Optional.of("prometheus is not on the path (Debian: apt install prometheus)");
            program.ifPresent(path -> pace.prometheus().forEach(every -> start(path, every, page)));
        }

        private void start(Path program, Duration every, URI page) {
            String interval = Durations.format(every);
            String name = "prometheus %s/%s, at Alertmanager".formatted(interval, interval);
            Receiver receiver = receiver(name);
            names.add(name);
            receivers.add(receiver);
            running.add(new RealPrometheus(
                    program,
                    folder.resolve("prometheus-" + interval),
                    every,
                    page,
                    receiver.uri(),
                    Twin.of(FILE, RULES)));
        }

        void failIfEnded() {
            running.forEach(RealPrometheus::failIfEnded);
        }

        @Override
        public void close() {
            running.forEach(RealPrometheus::close);
            receivers.forEach(Receiver::close);
        }
    }
}
