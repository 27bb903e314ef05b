package io.hallwatt.alerting.alertmanager;

import io.hallwatt.alerting.tls.TlsFiles;
import io.hallwatt.contract.config.Doc;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Alertmanagers that alerts are sent to; none by default. */
public record AlertmanagerConfig(
        @Doc("Every Alertmanager of the cluster, never a load balancer before them: each gets each alert")
        List<URI> urls,

        @Doc(
                "After how long an unchanged alert is sent again; it ends by itself 4 of these (at least 1m) after the last")
        Duration resend,

        @Doc("How long a request may take") Duration timeout,

        @Doc("Most alerts held for an Alertmanager; those beyond are not sent, and counted")
        int queueCapacity,

        @Doc("How long a stopping stage goes on delivering what changed last")
        Duration drain,

        @Doc("User name, where an Alertmanager asks for one; with password")
        String username,

        @Doc("Password of username") Secret password,

        @Doc("Bearer token, in place of username and password")
        Secret bearerToken,

        @Doc("Certificates (PEM) to trust in place of Java's own") @Nullable
        Path caFile,

        @Doc("The stage's own certificate (PEM, with its chain), where an Alertmanager asks for one") @Nullable
        Path certificateFile,

        @Doc("Key of certificate-file (PEM, PKCS #8, not encrypted)") @Nullable
        Path keyFile) {
    public static final AlertmanagerConfig DEFAULTS = new AlertmanagerConfig(
            List.of(),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            100_000,
            Duration.ofSeconds(5),
            "",
            Secret.NONE,
            Secret.NONE,
            null,
            null,
            null);

    public AlertmanagerConfig {
        urls = List.copyOf(urls);
        Faults faults = new Faults("alerting.alertmanager");
        urls.forEach(url -> check(url, faults));
        faults.unless(
                        resend.compareTo(Duration.ofSeconds(1)) >= 0 && resend.compareTo(Duration.ofMinutes(5)) <= 0,
                        "resend is %s; give 1s to 5m (default 1m): Alertmanagers keep alerts in memory only, and one that starts anew knows nothing until then",
                        Durations.format(resend))
                .unless(
                        timeout.compareTo(Duration.ofMillis(100)) >= 0 && timeout.compareTo(resend) <= 0,
                        "timeout is %s; give 100ms up to resend (%s)",
                        Durations.format(timeout),
                        Durations.format(resend))
                .unless(queueCapacity >= 1, "queue-capacity is %d; give 1 or more (default 100000)", queueCapacity)
                .unless(
                        !drain.isNegative() && drain.compareTo(Duration.ofMinutes(1)) <= 0,
                        "drain is %s; give 0s to 1m (default 5s)",
                        Durations.format(drain))
                .unless(
                        username.isEmpty() == password.isEmpty(),
                        "username and password belong together, and one of them is missing")
                .unless(
                        bearerToken.isEmpty() || username.isEmpty(),
                        "bearer-token and username are two ways to say who asks; give one of them")
                .unless(
                        (certificateFile == null) == (keyFile == null),
                        "certificate-file and key-file belong together, and one of them is missing")
                .throwIfAny();
    }

    private static void check(URI url, Faults faults) {
        faults.unless(
                        ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null,
                        "urls has \"%s\"; give each as http://HOST:9093 or https://HOST/PATH",
                        shown(url))
                .unless(
                        url.getRawUserInfo() == null,
                        "urls has a user name or password (%s); they belong into username and password",
                        shown(url))
                .unless(
                        url.getRawQuery() == null && url.getRawFragment() == null,
                        "urls has \"%s\"; leave out what follows ? or #",
                        shown(url));
    }

    /** The same with other URLs, where there are any. */
    public AlertmanagerConfig withUrls(List<URI> others) {
        return others.isEmpty()
                ? this
                : new AlertmanagerConfig(
                        others,
                        resend,
                        timeout,
                        queueCapacity,
                        drain,
                        username,
                        password,
                        bearerToken,
                        caFile,
                        certificateFile,
                        keyFile);
    }

    TlsFiles tls() {
        return new TlsFiles(caFile, certificateFile, keyFile);
    }

    /** As it may be shown: a URL with a password in it comes here too, to be refused. */
    private static String shown(URI url) {
        String userInfo = url.getRawUserInfo();
        return userInfo == null ? url.toString() : url.toString().replace(userInfo + "@", "***@");
    }
}
