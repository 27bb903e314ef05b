package io.hallwatt.alerting.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What is counted of one endpoint, there at 0 from the start. */
final class EndpointMeters {
    private final Counter delivered;
    private final Counter failed;
    private final Counter givenUp;
    private final Counter outdated;
    private final Timer latency;

    EndpointMeters(MeterRegistry registry, String webhook) {
        delivered = Counter.builder("hallwatt.webhook.delivered")
                .description("Transitions that a webhook's receiver accepted")
                .tag("webhook", webhook)
                .register(registry);
        failed = Counter.builder("hallwatt.webhook.errors")
                .description("Posts to a webhook that failed, or were not accepted")
                .tag("webhook", webhook)
                .register(registry);
        givenUp = Counter.builder("hallwatt.webhook.given.up")
                .description(
                        "Transitions that a webhook's receiver refused, or did not accept in time; the log has each")
                .tag("webhook", webhook)
                .register(registry);
        outdated = Counter.builder("hallwatt.webhook.outdated")
                .description("Transitions of alerts that began and ended in a backlog: posted to nobody")
                .tag("webhook", webhook)
                .register(registry);
        latency = Timer.builder("hallwatt.webhook.latency")
                .description("Time of a post to a webhook, answered or not")
                .tag("webhook", webhook)
                .register(registry);
    }

    void delivered() {
        delivered.increment();
    }

    void failed() {
        failed.increment();
    }

    void givenUp() {
        givenUp.increment();
    }

    void outdated(int transitions) {
        outdated.increment(transitions);
    }

    void latency(long nanos) {
        latency.record(Duration.ofNanos(nanos));
    }
}
