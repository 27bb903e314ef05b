package io.hallwatt.app.pipeline;

import io.hallwatt.alerting.prometheus.MetricsEndpoint;
import io.hallwatt.alerting.prometheus.PortInUse;
import io.hallwatt.alerting.prometheus.Reload;
import io.hallwatt.alerting.reload.LiveRules;
import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.config.Said;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A process's page of metrics and its health, over HTTP from the beginning: a process that still starts is alive and not ready. */
public final class Metrics implements AutoCloseable {
    /** Where a stage serves them unless told otherwise. */
    public static final int USUAL_PORT = 9464;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final MetricsEndpoint endpoint;
    private volatile boolean reloadAllowed;

    private Metrics(String host, int port) throws IOException {
        // Two that Prometheus's own linter refuses: a counter in nanoseconds beside the same in seconds, and a count
        // that is no histogram's.
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        new JvmMemoryMetrics().bindTo(registry);
        garbage.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        endpoint = new MetricsEndpoint(registry, host, port, Map.of("started", () -> false));
    }

    /**
     * @param port 0 for any
     * @throws Unavailable if the port is taken or the host is not this machine's
     */
    public static Metrics open(String host, int port) {
        try {
            return new Metrics(host, port);
        } catch (PortInUse e) {
            throw new Unavailable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Unavailable(
                    "Metrics cannot be served on %s:%d: %s. Choose another --host or --port."
                            .formatted(host, port, Said.by(e)),
                    e);
        }
    }

    /** On the port asked for; where none was, on the usual one, or any if that is taken. */
    public static Metrics open(String host, Optional<Integer> port) {
        if (port.isPresent()) {
            return open(host, port.get());
        }
        try {
            return open(host, USUAL_PORT);
        } catch (Unavailable taken) {
            return open(host, 0);
        }
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** From now on the process is ready when all of these hold; {@code /health/ready} names each. */
    public void serve(Map<String, BooleanSupplier> readyChecks) {
        endpoint.readyWhen(new TreeMap<>(readyChecks));
    }

    /** From now on {@code POST /-/reload} does this, if it is served to this machine only or was allowed. */
    public void reloadBy(Supplier<List<String>> read) {
        endpoint.reloadBy(new Reload(read, reloadAllowed || loopback()));
    }

    /** From now on {@code GET /rules} tells these. */
    public void rulesFrom(Supplier<LiveRules.Running> running) {
        endpoint.rulesFrom(running);
    }

    private boolean loopback() {
        try {
            return InetAddress.getByName(endpoint.uri().getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Has {@code POST /-/reload} answered to whoever reaches the page. */
    public void allowReload() {
        reloadAllowed = true;
    }

    /** {@code http://127.0.0.1:9464/metrics}. */
    public URI uri() {
        return endpoint.uri().resolve("/metrics");
    }

    @Override
    public void close() {
        endpoint.close();
        garbage.close();
        registry.close();
    }
}
