package io.hallwatt.alerting;

import io.hallwatt.alerting.alertmanager.AlertmanagerConfig;
import io.hallwatt.alerting.links.Links;
import io.hallwatt.alerting.state.FlapDamping;
import io.hallwatt.alerting.webhook.WebhookConfig;
import io.hallwatt.contract.config.Doc;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the alerting stage can be told. */
public record AlertingConfig(
        @Doc("This process's name among those of the stage, the same after a restart: it gets its halls back at once")
        String instance,

        @Doc("Where Kafka Streams keeps its lock files; alerts themselves are kept in Kafka")
        Path stateDir,

        @Doc("Threads that evaluate rules; more than there are partitions of metrics.hall.1s do nothing")
        int threads,

        @Doc(
                "How often transitions are committed: the latency that exactly-once costs; shorter means sooner alerts and more load")
        Duration commitInterval,

        @Doc("How long, beyond a window's length, the last values of a silent hall or site stay on /metrics")
        Duration staleAfter,

        @Doc("Whether /metrics has the racks' series too: thousands")
        boolean rackSeries,

        @Doc("How often the rule files are looked at for changes; 0s: never")
        Duration rulesCheck,

        @Doc(
                "Whether GET /rules, beside /metrics, tells whoever reaches it the rules and the planned work that run, as they are configured; rules explain --metrics-url asks there")
        boolean rulesPage,

        @Doc("Firings of one alert within flap-within that are told; with more it is held firing; 0: no damping")
        int flapFirings,

        @Doc("Span that firings are counted in, and how long an alert that is held must be clear to end")
        Duration flapWithin,

        @Doc(
                "Where people reach the console: notifications link to its halls/HALL and alerts#FINGERPRINT. Nothing answers there yet; without it, nothing is linked")
        @Nullable
        URI externalUrl,

        @Doc(
                "Where people read the runbooks: a rule's relative runbook_url is completed by it; without it, runbooks are named and not linked")
        @Nullable
        URI runbooksUrl,

        @Doc("The Alertmanagers that alerts are sent to") AlertmanagerConfig alertmanager,

        @Doc("Endpoints that transitions are posted to, each under a name of its own")
        Map<String, WebhookConfig> webhooks) {

    public static final AlertingConfig DEFAULTS = new AlertingConfig(
            "alerting-1",
            Path.of("data", "alerting"),
            1,
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            false,
            Duration.ofSeconds(5),
            true,
            3,
            Duration.ofMinutes(10),
            null,
            null,
            AlertmanagerConfig.DEFAULTS,
            Map.of());

    public AlertingConfig {
        webhooks = Collections.unmodifiableMap(new TreeMap<>(webhooks));
        new Faults("alerting")
                .unless(
                        webhooks.keySet().stream().allMatch(name -> name.matches("[a-z0-9-]{1,32}")),
                        "webhooks are named %s; a name has lower-case letters, digits and dashes, at most 32",
                        String.join(", ", webhooks.keySet()))
                .unless(
                        instance.matches("[a-zA-Z0-9._-]{1,64}"),
                        "instance \"%s\": letters, digits, dots, dashes and _, at most 64",
                        instance)
                .unless(threads >= 1 && threads <= 64, "threads is %d; give 1 to 64 (default 1)", threads)
                .unless(
                        commitInterval.compareTo(Duration.ofMillis(10)) >= 0
                                && commitInterval.compareTo(Duration.ofSeconds(5)) <= 0,
                        "commit-interval is %s; give 10ms to 5s (default 100ms)",
                        Durations.format(commitInterval))
                .unless(
                        staleAfter.isPositive(),
                        "stale-after is %s; give more than 0s (default 10s)",
                        Durations.format(staleAfter))
                .unless(
                        !rulesCheck.isNegative() && rulesCheck.compareTo(Duration.ofHours(1)) <= 0,
                        "rules-check is %s; give 1s to 1h, or 0s for never (default 5s)",
                        Durations.format(rulesCheck))
                .unless(
                        flapFirings >= 0 && flapFirings <= FlapDamping.MOST_FIRINGS,
                        "flap-firings is %d; give 1 to %d, or 0 for no damping (default 3)",
                        flapFirings,
                        FlapDamping.MOST_FIRINGS)
                .unless(
                        flapWithin.isPositive() && flapWithin.compareTo(FlapDamping.LONGEST) <= 0,
                        "flap-within is %s; give more than 0s and at most %s (default 10m)",
                        Durations.format(flapWithin),
                        Durations.format(FlapDamping.LONGEST))
                .unless(
                        externalUrl == null || isPage(externalUrl),
                        "external-url is \"%s\"; give http:// or https://, the host that people reach the console by, and its path if it has one",
                        String.valueOf(externalUrl))
                .unless(
                        runbooksUrl == null || isPage(runbooksUrl),
                        "runbooks-url is \"%s\"; give http:// or https://, a host, and what stands before docs/runbooks/ there",
                        String.valueOf(runbooksUrl))
                .throwIfAny();
    }

    private static boolean isPage(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }

    /** The same in another folder, which is another process's or another test's. */
    public AlertingConfig with(Path folder) {
        return new AlertingConfig(
                instance,
                folder,
                threads,
                commitInterval,
                staleAfter,
                rackSeries,
                rulesCheck,
                rulesPage,
                flapFirings,
                flapWithin,
                externalUrl,
                runbooksUrl,
                alertmanager,
                webhooks);
    }

    /** The same, telling these Alertmanagers and with links to this console and these runbooks: each where it is given. */
    public AlertingConfig telling(List<URI> alertmanagers, @Nullable URI console, @Nullable URI runbooks) {
        return new AlertingConfig(
                instance,
                stateDir,
                threads,
                commitInterval,
                staleAfter,
                rackSeries,
                rulesCheck,
                rulesPage,
                flapFirings,
                flapWithin,
                console == null ? externalUrl : console,
                runbooks == null ? runbooksUrl : runbooks,
                alertmanager.withUrls(alertmanagers),
                webhooks);
    }

    /** What people are led to. */
    public Links links() {
        return new Links(externalUrl, runbooksUrl);
    }

    /** Of rules that say nothing of it. */
    public FlapDamping flapDamping() {
        return flapFirings == 0 ? FlapDamping.OFF : new FlapDamping(flapFirings, flapWithin);
    }
}
