package io.hallwatt.benchmarks.alerts;

import io.hallwatt.alerting.Alerting;
import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.app.Unavailable;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.benchmarks.alerts.StormResult.Notifications;
import io.hallwatt.benchmarks.alerts.StormResult.Storm;
import io.hallwatt.benchmarks.load.SiteOfRacks;
import io.hallwatt.benchmarks.meter.Machine;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.config.KafkaSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What happens when all racks of a site cross a limit within one second, and come back some seconds later; several times over. */
public final class StormRun {
    /** Damping is off: each storm is to be told, however many there are. */
    private static final String RULES = """
            groups:
              - name: storm
                rules:
                  - alert: RackHot
                    expr: hallwatt_rack_inlet_max_celsius > 32
                    flapping: {firings: 0}
                    labels: {severity: critical}
                    annotations:
                      summary: 'Rack {{ $labels.rack }} of {{ $labels.hall }} takes in air of {{ printf "%.1f" $value }} °C'
            """;

    private static final int CALM_BEFORE = 3;
    private static final int HOT = 3;
    private static final int PERIOD = 7;
    private static final Duration SCRAPE_EVERY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 20;

    private final SiteOfRacks size;
    private final AlertingConfig config;
    private final KafkaSettings kafka;
    private final InstantSource clock;

    /** On topics that are laid out. */
    public StormRun(SiteOfRacks size, AlertingConfig config, KafkaSettings kafka, InstantSource clock) {
        this.size = size;
        this.config = config;
        this.kafka = kafka;
        this.clock = clock;
    }

    /** @param interrupted looked at all the while: once it says so, the storms so far are the result */
    public StormResult measure(int storms, BooleanSupplier interrupted) throws InterruptedException {
        Machine machine = Machine.here();
        Notified notified = new Notified(size.site());
        try (Metrics metrics = Metrics.open("127.0.0.1", 0);
                Receiver alertmanager = new Receiver(clock, notified::take);
                Alerting alerting = new Alerting(
                        config.telling(List.of(alertmanager.uri()), null, null),
                        () -> Map.of("storm.yaml", RULES),
                        kafka,
                        metrics.registry(),
                        clock)) {
            alerting.start();
            metrics.serve(Map.of("alerting", alerting::ready));
            await("Alerting did not start", alerting::ready);
            try (Told told = new Told(size.site(), kafka);
                    Scraper scraper = new Scraper(metrics.uri(), SCRAPE_EVERY, clock, (page, at) -> {});
                    RackSeconds seconds = new RackSeconds(size, kafka);
                    Weather weather = new Weather(seconds, clock.instant(), storms)) {
                await("No window was put", () -> weather.isPast(CALM_BEFORE - 1));
                long heapBefore = heapAfterCollection();
                scraper.begin();
                List<Storm> seen = new ArrayList<>();
                List<Long> heapAfter = new ArrayList<>();
                long missing = 0;
                for (int storm = 0; storm < storms && !interrupted.getAsBoolean(); storm++) {
                    missing += await(told, weather, AlertState.FIRING, firstHot(storm));
                    missing += await(told, weather, AlertState.INACTIVE, firstHot(storm) + HOT);
                    seen.add(storm(told, weather, storm));
                    int lastCalm = firstHot(storm + 1) - 1;
                    await(
                            "The storm was not over",
                            () -> weather.isPast(lastCalm) || isOver(notified, weather, lastCalm));
                    heapAfter.add(heapAfterCollection());
                }
                return new StormResult(
                        size.racks(),
                        size.halls(),
                        seen,
                        told.transitions(),
                        missing,
                        told.repeated() + told.foreign(),
                        new Notifications(
                                notified.firing(), notified.over(), alertmanager.requests(), alertmanager.mostInOne()),
                        scraper.latency(),
                        scraper.refused(),
                        scraper.bytes(),
                        heapBefore,
                        heapAfter,
                        machine);
            }
        }
    }

    private static int firstHot(int storm) {
        return CALM_BEFORE + storm * PERIOD;
    }

    private static boolean isHot(int second, int storms) {
        return second >= CALM_BEFORE && second < firstHot(storms) && (second - CALM_BEFORE) % PERIOD < HOT;
    }

    /** Whether all is said and calm again: what is under way in a storm is no memory of it. */
    private static boolean isOver(Notified notified, Weather weather, int lastCalm) {
        return weather.isPast(lastCalm - 1) && notified.over() >= notified.firing();
    }

    private Storm storm(Told told, Weather weather, int storm) {
        long toFiring = millis(told, weather, AlertState.FIRING, firstHot(storm));
        long toResolved = millis(told, weather, AlertState.INACTIVE, firstHot(storm) + HOT);
        long slower = Math.max(1, Math.max(toFiring, toResolved));
        return new Storm(toFiring, toResolved, size.racks() * 1000L / slower);
    }

    private static long millis(Told told, Weather weather, AlertState to, int second) {
        long nanos = told.lastNanos(to, weather.end(second)) - weather.putNanos(second);
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** @return racks that had not gone there when patience ended */
    private int await(Told told, Weather weather, AlertState to, int second) throws InterruptedException {
        Instant at = weather.end(second);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (told.racks(to, at) < size.racks() && System.nanoTime() < deadline) {
            weather.failIfFailed();
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return size.racks() - told.racks(to, at);
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

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Puts a window of every hall each second, without a hole: calm, and hot while a storm is on. */
    private static final class Weather implements AutoCloseable {
        private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().name("hallwatt-bench-weather").unstarted(task));
        private final List<Long> put = new ArrayList<>();
        private final RackSeconds seconds;
        private final Instant begin;
        private final int storms;
        private final ScheduledFuture<?> putting;

        Weather(RackSeconds seconds, Instant now, int storms) {
            this.storms = storms;
            this.seconds = seconds;
            this.begin = now.truncatedTo(ChronoUnit.SECONDS);
            this.putting = pace.scheduleAtFixedRate(this::next, 0, 1, TimeUnit.SECONDS);
        }

        private void next() {
            int second = count();
            long now = System.nanoTime();
            seconds.put(end(second), isHot(second, storms) ? RackSeconds.HOT_CELSIUS : RackSeconds.CALM_CELSIUS);
            synchronized (this) {
                put.add(now);
            }
        }

        private synchronized int count() {
            return put.size();
        }

        /** @throws IllegalStateException if windows are put no more */
        void failIfFailed() {
            if (putting.isDone()) {
                throw new IllegalStateException("no windows can be put any more", putting.exceptionNow());
            }
        }

        boolean isPast(int second) {
            failIfFailed();
            return count() > second;
        }

        Instant end(int second) {
            return begin.plusSeconds(second);
        }

        /** When the first window of the second was about to be put. */
        synchronized long putNanos(int second) {
            return put.get(second);
        }

        @Override
        public void close() {
            pace.close();
        }
    }
}
