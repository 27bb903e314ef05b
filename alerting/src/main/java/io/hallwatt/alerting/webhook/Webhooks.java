package io.hallwatt.alerting.webhook;

import io.hallwatt.alerting.links.Links;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** All endpoints, each by itself. */
public final class Webhooks implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final List<Endpoint> endpoints = new ArrayList<>();

    /**
     * @param configs by the endpoint's name, which is part of its consumer group's
     * @param behind  whether rules are held against windows of the past now, which may end what they told of
     * @throws InvalidInput for every endpoint without a URL or a secret, or with a file that cannot be used
     */
    public Webhooks(
            Map<String, WebhookConfig> configs,
            Links links,
            KafkaSettings kafka,
            BooleanSupplier behind,
            MeterRegistry registry,
            InstantSource clock) {
        List<String> faults = new ArrayList<>();
        configs.forEach((name, config) -> {
            URI url = config.url();
            if (url == null) {
                faults.add("alerting.webhooks.%s: url is missing; give where to post, as https://HOST/PATH"
                        .formatted(name));
            } else if (config.secret().isEmpty()) {
                faults.add(
                        "alerting.webhooks.%s: secret is missing; give secret-file, or HALLWATT_ALERTING_WEBHOOKS_%s_SECRET"
                                .formatted(name, name.toUpperCase(Locale.ROOT).replace('-', '_')));
            } else {
                Post post = new Post(
                        url,
                        config.tls().context(),
                        InetAddress::getAllByName,
                        config.allowPrivate(),
                        config.timeout());
                endpoints.add(new Endpoint(
                        name, config, post, links, kafka, behind, new EndpointMeters(registry, name), clock));
            }
        });
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
    }

    public void start() {
        endpoints.forEach(Endpoint::start);
    }

    @Override
    public void close() {
        endpoints.forEach(Endpoint::finish);
        try {
            for (Endpoint endpoint : endpoints) {
                endpoint.awaitEnd(CLOSE_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
