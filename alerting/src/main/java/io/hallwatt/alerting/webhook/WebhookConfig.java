package io.hallwatt.alerting.webhook;

import io.hallwatt.alerting.tls.TlsFiles;
import io.hallwatt.contract.config.Doc;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One endpoint that transitions are posted to. */
public record WebhookConfig(
        @Doc("Where to post: http:// or https://") @Nullable URI url,

        @Doc("What the posts are signed with; the receiver has it too")
        Secret secret,

        @Doc("ends: when an alert fires and when it is over; all: pending and unknown too")
        Tell tell,

        @Doc("Whether the host may have a private or loopback address; a link-local one it never may")
        boolean allowPrivate,

        @Doc("How long a post may take") Duration timeout,

        @Doc("How long a transition is tried before it is given up: logged, counted, and still on the topic")
        Duration giveUpAfter,

        @Doc("Certificates (PEM) to trust in place of Java's own") @Nullable
        Path caFile) {
    /** Of an endpoint, where its section does not say otherwise. It has no URL. */
    public static final WebhookConfig DEFAULTS = new WebhookConfig(
            null, Secret.NONE, Tell.ENDS, false, Duration.ofSeconds(10), Duration.ofMinutes(15), null);

    /** Which transitions are told. */
    public enum Tell {
        ENDS,
        ALL
    }

    public WebhookConfig {
        new Faults("alerting.webhooks")
                .unless(
                        url == null || isEndpoint(url),
                        "url is \"%s\"; give http:// or https://, a host, and no user name or password",
                        url == null || url.getRawUserInfo() != null ? "***" : url)
                .unless(
                        timeout.compareTo(Duration.ofMillis(100)) >= 0 && timeout.compareTo(Duration.ofMinutes(1)) <= 0,
                        "timeout is %s; give 100ms to 1m (default 10s)",
                        Durations.format(timeout))
                .unless(
                        giveUpAfter.compareTo(Duration.ofSeconds(1)) >= 0
                                && giveUpAfter.compareTo(Duration.ofDays(1)) <= 0,
                        "give-up-after is %s; give 1s to 1d (default 15m): what cannot be delivered delays what comes after it",
                        Durations.format(giveUpAfter))
                .throwIfAny();
    }

    private static boolean isEndpoint(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null;
    }

    TlsFiles tls() {
        return new TlsFiles(caFile, null, null);
    }
}
