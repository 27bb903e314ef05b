package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.membership.Memberships;
import io.hallwatt.alerting.membership.Signs;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, many times a session, at what the threads' Kafka clients count of their group. */
final class MembershipWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MembershipWatch.class);
    private static final int LOOKS_A_SESSION = 15;
    private static final String CONSUMER = "-consumer";

    private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;
    private final Memberships memberships;
    private final Duration every;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("alerting-membership").unstarted(this::run); // not held up by who scrapes

    /** @param metrics of Kafka Streams, its clients' among them */
    MembershipWatch(
            Supplier<? extends Map<MetricName, ? extends Metric>> metrics, Memberships memberships, Duration session) {
        this.metrics = metrics;
        this.memberships = memberships;
        this.every = session.dividedBy(LOOKS_A_SESSION);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                look();
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Were a fault of ours to end this thread, nothing would be told any more. */
    private void look() {
        try {
            memberships.look(signs(metrics.get()));
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Looking at the group's signs failed here: tried again");
        }
    }

    /** By thread. A thread's consumer is named after it. */
    static Map<String, Signs> signs(Map<MetricName, ? extends Metric> metrics) {
        Map<String, Signs> signs = new HashMap<>();
        metrics.forEach((name, metric) -> {
            String thread = switch (name.group()) {
                case "consumer-coordinator-metrics" -> owner(name);
                case "stream-thread-metrics" -> name.tags().get("thread-id");
                default -> null;
            };
            if (thread != null && metric.metricValue() instanceof Number number) {
                long count = number.longValue();
                switch (name.name()) {
                    case "heartbeat-total" -> add(signs, thread, new Signs(count, 0, 0));
                    case "join-total", "sync-total" -> add(signs, thread, new Signs(0, count, 0));
                    case "process-total" -> add(signs, thread, new Signs(0, 0, count));
                    default -> {}
                }
            }
        });
        return signs;
    }

    private static String owner(MetricName name) {
        String client = name.tags().getOrDefault("client-id", "");
        return client.endsWith(CONSUMER) ? client.substring(0, client.length() - CONSUMER.length()) : client;
    }

    private static void add(Map<String, Signs> signs, String thread, Signs more) {
        signs.merge(thread, more, Signs::plus);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
