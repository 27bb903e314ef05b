package io.hallwatt.alerting.alertmanager;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** What is counted of one Alertmanager. All of it is there at 0 from the start: a series that appears at 1 hides its first increase. */
final class PeerMeters {
    private static final String PEER = "alertmanager";

    /** Why an alert is not sent. */
    enum Reason {
        REFUSED,
        QUEUE_FULL
    }

    private final MeterRegistry registry;
    private final String peer;
    private final Counter sent;
    private final Counter failed;
    private final Counter refused;
    private final Timer latency;
    private final AtomicLong skewMillis = new AtomicLong();
    private final List<Meter> gauges = new ArrayList<>();

    PeerMeters(MeterRegistry registry, String peer) {
        this.registry = registry;
        this.peer = peer;
        this.sent = Counter.builder("hallwatt.alertmanager.sent")
                .description("Alerts that an Alertmanager took, each time one is sent")
                .tag(PEER, peer)
                .register(registry);
        this.failed = errors("failed");
        this.refused = errors("refused");
        for (Reason reason : Reason.values()) {
            counter(reason);
        }
        this.latency = Timer.builder("hallwatt.alertmanager.latency")
                .description("Time from sending a request until its answer")
                .tag(PEER, peer)
                .register(registry);
        gauges.add(Gauge.builder("hallwatt.alertmanager.clock.skew", skewMillis, millis -> millis.get() / 1000.0)
                .description("How far an Alertmanager's clock is ahead of ours, to about half a second")
                .baseUnit("seconds")
                .tag(PEER, peer)
                .register(registry));
    }

    void queue(IntSupplier length, int capacity) {
        gauges.add(Gauge.builder("hallwatt.alertmanager.queue.length", length, IntSupplier::getAsInt)
                .description("Alerts that are due for an Alertmanager and not delivered")
                .tag(PEER, peer)
                .strongReference(true)
                .register(registry));
        gauges.add(Gauge.builder("hallwatt.alertmanager.queue.capacity", () -> capacity)
                .description("Most alerts held for an Alertmanager")
                .tag(PEER, peer)
                .register(registry));
    }

    /** Takes the gauges out, so that those of another life can take their place; counters count on. */
    void close() {
        gauges.forEach(registry::remove);
    }

    void sent(int alerts) {
        sent.increment(alerts);
    }

    void failed() {
        failed.increment();
    }

    void refused() {
        refused.increment();
    }

    void dropped(Reason reason) {
        counter(reason).increment();
    }

    void latency(long nanos) {
        latency.record(Duration.ofNanos(nanos));
    }

    void skew(Duration ahead) {
        skewMillis.set(ahead.toMillis());
    }

    private Counter errors(String kind) {
        return Counter.builder("hallwatt.alertmanager.errors")
                .description("Requests that failed (tried again), or of which something was refused (halved)")
                .tag(PEER, peer)
                .tag("kind", kind)
                .register(registry);
    }

    private Counter counter(Reason reason) {
        return Counter.builder("hallwatt.alertmanager.dropped")
                .description(
                        "Alerts not sent until they change: refused by an Alertmanager, or more than the queue holds")
                .tag(PEER, peer)
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
