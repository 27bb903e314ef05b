package io.hallwatt.alerting.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.Fired;
import io.hallwatt.alerting.links.Links;
import io.hallwatt.alerting.membership.Tenure;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Swings;
import io.hallwatt.alerting.tls.Certificates;
import io.hallwatt.alerting.tls.TlsFiles;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.Secret;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over HTTP, against a stub that does what a real one cannot be made to do. */
class AlertmanagersIT {
    private final Instant firedAt = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    private static final Links CONSOLE = new Links(URI.create("https://hallwatt.example/console"), null);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @TempDir
    Path folder;

    private StubAlertmanager stub;

    @BeforeEach
    void open() throws Exception {
        stub = new StubAlertmanager();
    }

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void an_alert_arrives_with_when_it_fired_and_where_to_look() throws Exception {
        try (Alertmanagers alertmanagers = open(config(stub))) {
            Instant before = Instant.now();
            alertmanagers.watcher("task").stands(firing("r001"));
            JsonNode alert = known(stub, "r001");

            assertThat(alert.at("/labels/alertname").asText()).isEqualTo("Hot");
            assertThat(alert.at("/annotations/summary").asText()).isEqualTo("too hot");
            assertThat(alert.at("/annotations/link").asText()).isEqualTo("https://hallwatt.example/console/halls/h01");
            assertThat(alert.at("/generatorURL").asText()).isEqualTo("https://hallwatt.example/console/alerts#fp-r001");
            assertThat(Instant.parse(alert.at("/startsAt").asText())).isEqualTo(firedAt);
            assertThat(Instant.parse(alert.at("/endsAt").asText()))
                    .isBetween(before.plusSeconds(60), Instant.now().plusSeconds(60));
        }
    }

    @Test
    void what_is_pending_is_not_sent_and_what_is_unknown_goes_on() throws Exception {
        try (Alertmanagers alertmanagers = open(config(stub))) {
            alertmanagers.watcher("task").stands(pending("r001"));
            alertmanagers.watcher("task").ended(pending("r001"));
            alertmanagers
                    .watcher("task")
                    .stands(alert("r002", new Standing.Unknown(true, firedAt, firedAt.plusSeconds(9)), fired(null)));

            assertThat(known(stub, "r002").at("/annotations/unseen").asText())
                    .isEqualTo("Without values since " + firedAt.plusSeconds(9));
            assertThat(stub.known).doesNotContainKey("r001");
        }
    }

    @Test
    void it_is_sent_again_and_its_end_with_the_time_of_the_end() throws Exception {
        try (Alertmanagers alertmanagers = open(config(stub))) {
            alertmanagers.watcher("task").stands(firing("r001"));
            await().untilAsserted(() -> assertThat(stub.requests).hasSizeGreaterThanOrEqualTo(2));

            alertmanagers.watcher("task").ended(resolved("r001"));

            await().untilAsserted(
                            () -> assertThat(known(stub, "r001").at("/endsAt").asText())
                                    .isEqualTo(firedAt.plusSeconds(30).toString()));
        }
    }

    @Test
    void every_alertmanager_gets_every_alert_and_one_that_is_away_delays_no_other() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:1");
        try (StubAlertmanager second = new StubAlertmanager();
                Alertmanagers alertmanagers =
                        open(AlertmanagerConfig.DEFAULTS.withUrls(List.of(nobody, stub.url(), second.url())))) {
            alertmanagers.watcher("task").stands(firing("r001"));

            known(stub, "r001");
            known(second, "r001");
            await().untilAsserted(() -> assertThat(count("errors_total", "127.0.0.1:1\",kind=\"failed"))
                    .isPositive());
            assertThat(count("queue_length", "127.0.0.1:1")).isEqualTo(1);
        }
    }

    @Test
    void while_it_answers_5xx_nothing_is_lost_and_the_newest_state_arrives() throws Exception {
        stub.status = 503;
        try (Alertmanagers alertmanagers = open(config(stub))) {
            alertmanagers.watcher("task").stands(firing("r001"));
            alertmanagers.watcher("task").stands(firing("r002"));
            await().untilAsserted(() -> assertThat(stub.requests).hasSizeGreaterThanOrEqualTo(2));
            alertmanagers.watcher("task").ended(resolved("r001"));

            stub.status = 200;

            await().untilAsserted(
                            () -> assertThat(known(stub, "r001").at("/endsAt").asText())
                                    .isEqualTo(firedAt.plusSeconds(30).toString()));
            known(stub, "r002");
        }
    }

    @Test
    void an_answer_that_does_not_come_in_time_is_a_failure() throws Exception {
        stub.delayMillis = 5_000;
        try (Alertmanagers alertmanagers = open(config(stub, Duration.ofSeconds(1), Duration.ofMillis(200)))) {
            alertmanagers.watcher("task").stands(firing("r001"));
            await().untilAsserted(() ->
                    assertThat(count("errors_total", "kind=\"failed")).isPositive());

            stub.delayMillis = 0;

            known(stub, "r001");
        }
    }

    @Test
    void of_1000_alerts_only_the_one_that_is_refused_is_dropped_and_counted() throws Exception {
        stub.refusedRacks.add("r0777");
        try (Alertmanagers alertmanagers = open(config(stub, Duration.ofMinutes(1), Duration.ofSeconds(10)))) {
            IntStream.range(0, 1_000)
                    .mapToObj("r%04d"::formatted)
                    .forEach(rack -> alertmanagers.watcher("task").stands(firing(rack)));

            await().untilAsserted(() -> assertThat(stub.known).hasSize(999));
            await().untilAsserted(
                            () -> assertThat(count("dropped_total", "refused")).isEqualTo(1));
            await().untilAsserted(() -> assertThat(count("sent_total", "")).isEqualTo(999));
        }
        assertThat(stub.requests).allSatisfy(request -> assertThat(request).hasSizeLessThanOrEqualTo(256));
    }

    @Test
    void what_changed_last_is_delivered_before_it_stops() throws Exception {
        stub.delayMillis = 200;
        try (Alertmanagers alertmanagers = open(config(stub))) {
            alertmanagers.watcher("task").stands(firing("r001"));
            await().untilAsserted(() -> assertThat(stub.requests).hasSize(1));
            alertmanagers.watcher("task").ended(resolved("r001"));
            alertmanagers.leave();
            alertmanagers.forget("task");
        }

        assertThat(known(stub, "r001").at("/endsAt").asText())
                .isEqualTo(firedAt.plusSeconds(30).toString());
    }

    @Test
    void it_stops_in_time_although_nobody_takes_what_is_left() throws Exception {
        long began;
        try (Alertmanagers alertmanagers =
                open(AlertmanagerConfig.DEFAULTS.withUrls(List.of(URI.create("http://127.0.0.1:1"))))) {
            alertmanagers.watcher("task").stands(firing("r001"));
            began = System.nanoTime();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
    }

    @Test
    void a_moved_partitions_alerts_are_left_to_their_new_owner() throws Exception {
        try (Alertmanagers alertmanagers = open(config(stub))) {
            alertmanagers.watcher("task").stands(firing("r001"));
            alertmanagers.watcher("other").stands(firing("r002"));
            known(stub, "r001");

            alertmanagers.forget("task");
            int before = stub.requests.size();

            await().untilAsserted(() -> assertThat(stub.requests).hasSizeGreaterThan(before + 2));
            assertThat(stub.requests.getLast())
                    .extracting(alert -> alert.at("/labels/rack").asText())
                    .containsExactly("r002");
        }
    }

    @Test
    void a_share_that_may_be_lost_has_one_last_word_for_what_fires_and_then_none() throws Exception {
        TestTenure tenure = new TestTenure();
        try (Alertmanagers alertmanagers = open(config(stub), tenure)) {
            AlertWatcher task = alertmanagers.watcher("task");
            task.stands(firing("r001"));
            task.ended(resolved("r002"));
            task.stands(firing("r005"));
            known(stub, "r001");
            known(stub, "r002");
            known(stub, "r005");

            Instant end = Instant.now().plus(Duration.ofHours(1));
            tenure.isJustOver();
            alertmanagers.justOver(tenure);
            await().untilAsserted(() -> assertThat(
                            Instant.parse(known(stub, "r001").at("/endsAt").asText()))
                    .isBetween(end, end.plusSeconds(10)));

            tenure.isOver();
            int before = stub.requests.size();
            task.stands(firing("r003"));
            task.ended(resolved("r001"));
            try (Alertmanagers others = open(config(stub))) {
                others.watcher("task").stands(firing("r004"));
                await().untilAsserted(() -> assertThat(racks(stub.requests.subList(before, stub.requests.size())))
                        .filteredOn("r004"::equals)
                        .hasSizeGreaterThan(3));
            }
            assertThat(racks(stub.requests.subList(before + 1, stub.requests.size())))
                    .as("beside one request that may have been under way")
                    .containsOnly("r004");

            tenure.lastsAgain();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(known(stub, "r001").at("/endsAt").asText())
                                    .isEqualTo(firedAt.plusSeconds(30).toString()));
            known(stub, "r003");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Instant.parse(
                                    known(stub, "r005").at("/endsAt").asText()))
                            .as("what fires on ends by itself as it did before")
                            .isBefore(Instant.now().plus(Duration.ofMinutes(2))));
        }
    }

    @Test
    void a_request_under_way_is_given_up_when_its_halls_may_be_anothers() throws Exception {
        TestTenure tenure = new TestTenure();
        stub.delayMillis = 500;
        try (Alertmanagers alertmanagers = open(config(stub, Duration.ofMinutes(1), Duration.ofSeconds(30)), tenure)) {
            AlertWatcher task = alertmanagers.watcher("task");
            task.stands(firing("r001"));
            await().untilAsserted(
                            () -> assertThat(count("sent_total", "")).isEqualTo(1)); // longer than was left at first

            stub.delayMillis = 20_000;
            task.stands(firing("r002"));
            await().untilAsserted(() -> assertThat(stub.requests).hasSize(2));
            tenure.isOver();

            await().untilAsserted(
                            () -> assertThat(count("errors_total", "failed")).isEqualTo(1));
            assertThat(stub.known).containsOnlyKeys("r001");
        }
    }

    @Test
    void a_watchdog_whose_way_is_not_open_is_not_sent() throws Exception {
        try (Alertmanagers alertmanagers = new Alertmanagers(
                config(stub),
                CONSOLE,
                key -> key.rack().equals("r002"),
                () -> Tenure.ENDLESS,
                registry,
                InstantSource.system())) {
            alertmanagers.start();
            alertmanagers.watcher("task").stands(firing("r001"));
            alertmanagers.watcher("task").stands(firing("r002"));

            known(stub, "r002");
            assertThat(stub.known).doesNotContainKey("r001");
        }
    }

    @Test
    void a_clock_that_differs_by_more_than_2_seconds_is_measured() throws Exception {
        InstantSource slow = () -> Instant.now().minusSeconds(3_600);
        try (Alertmanagers alertmanagers =
                new Alertmanagers(config(stub), CONSOLE, key -> true, () -> Tenure.ENDLESS, registry, slow)) {
            alertmanagers.start();
            alertmanagers.watcher("task").stands(firing("r001"));

            await().untilAsserted(
                            () -> assertThat(count("clock_skew_seconds", "")).isBetween(3_590.0, 3_610.0));
        }
    }

    @Test
    void a_password_and_a_token_are_sent_and_shown_nowhere() throws Exception {
        AlertmanagerConfig basic = secured(stub.url(), "ops", new Secret("geheim"), Secret.NONE, null, null, null);
        AlertmanagerConfig bearer = secured(stub.url(), "", Secret.NONE, new Secret("geheim"), null, null, null);
        for (AlertmanagerConfig config : List.of(basic, bearer)) {
            try (Alertmanagers alertmanagers = open(config)) {
                int before = stub.requests.size();
                alertmanagers.watcher("task").stands(firing("r001"));
                await().untilAsserted(() -> assertThat(stub.requests).hasSizeGreaterThan(before));
            }
            assertThat(config.toString()).doesNotContain("geheim");
        }

        assertThat(stub.authorizations).contains("Basic b3BzOmdlaGVpbQ==", "Bearer geheim");
        assertThat(registry.scrape()).doesNotContain("geheim");
    }

    @Test
    void an_own_authority_and_a_client_certificate_are_used() throws Exception {
        Certificates server = Certificates.of("localhost", folder);
        Certificates client = Certificates.of("client", folder);
        TlsFiles serves = new TlsFiles(client.certificate(), server.certificate(), server.key());
        try (StubAlertmanager tls = new StubAlertmanager(serves.context(), true);
                Alertmanagers alertmanagers = open(secured(
                        tls.url(),
                        "",
                        Secret.NONE,
                        Secret.NONE,
                        server.certificate(),
                        client.certificate(),
                        client.key()))) {
            alertmanagers.watcher("task").stands(firing("r001"));

            known(tls, "r001");
        }
    }

    @Test
    void a_certificate_of_another_host_or_authority_is_not_trusted() throws Exception {
        Certificates other = Certificates.of("other.example", folder);
        TlsFiles serves = new TlsFiles(null, other.certificate(), other.key());
        try (StubAlertmanager tls = new StubAlertmanager(serves.context(), false)) {
            for (Path authority : new Path[] {
                other.certificate(), Certificates.of("localhost", folder).certificate()
            }) {
                AlertmanagerConfig config = secured(tls.url(), "", Secret.NONE, Secret.NONE, authority, null, null);
                try (Alertmanagers alertmanagers = open(config)) {
                    double before = count("errors_total", "kind=\"failed");
                    alertmanagers.watcher("task").stands(firing("r001"));
                    await().untilAsserted(() ->
                            assertThat(count("errors_total", "kind=\"failed")).isGreaterThan(before));
                }
            }
            assertThat(tls.requests).isEmpty();
        }
    }

    @Test
    void a_key_in_another_form_is_refused_with_the_command_that_mends_it() throws Exception {
        Certificates certificate = Certificates.of("localhost", folder);
        Path key = Files.writeString(folder.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\nMII\n");

        assertThatThrownBy(() -> new TlsFiles(null, certificate.certificate(), key).context())
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void what_began_and_ended_in_a_backlog_is_told_to_nobody_and_what_fires_still_once_the_present_is_reached()
            throws Exception {
        try (Alertmanagers alertmanagers = open(config(stub))) {
            AlertWatcher task = alertmanagers.watcher("task");
            task.stands(firing("r001")); // from memory: it was told before
            alertmanagers.judges("task", window(Instant.now().minusSeconds(3_600)));
            task.stands(firing("r002"));
            task.stands(firing("r003"));
            alertmanagers.judges("task", window(Instant.now().minusSeconds(600)));
            task.ended(resolved("r002"));
            known(stub, "r001");
            assertThat(stub.known).containsOnlyKeys("r001");

            alertmanagers.judges("task", window(Instant.now()));
            known(stub, "r003");
            task.stands(firing("r004"));
            known(stub, "r004");
            task.ended(resolved("r001"));
            await().untilAsserted(
                            () -> assertThat(known(stub, "r001").at("/endsAt").asText())
                                    .isEqualTo(firedAt.plusSeconds(30).toString()));
            assertThat(stub.known).containsOnlyKeys("r001", "r003", "r004");
        }
    }

    private static Window window(Instant end) {
        return new Window(end.truncatedTo(ChronoUnit.SECONDS).minusSeconds(1), Resolution.SECOND);
    }

    private Alertmanagers open(AlertmanagerConfig config) {
        return open(config, Tenure.ENDLESS);
    }

    private Alertmanagers open(AlertmanagerConfig config, Tenure tenure) {
        Alertmanagers alertmanagers =
                new Alertmanagers(config, CONSOLE, key -> true, () -> tenure, registry, InstantSource.system());
        alertmanagers.start();
        return alertmanagers;
    }

    private static AlertmanagerConfig config(StubAlertmanager stub) {
        return config(stub, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private static AlertmanagerConfig config(StubAlertmanager stub, Duration resend, Duration timeout) {
        return new AlertmanagerConfig(
                List.of(stub.url()),
                resend,
                timeout,
                100_000,
                Duration.ofSeconds(5),
                "",
                Secret.NONE,
                Secret.NONE,
                null,
                null,
                null);
    }

    private static AlertmanagerConfig secured(
            URI url,
            String username,
            Secret password,
            Secret token,
            @Nullable Path authority,
            @Nullable Path certificate,
            @Nullable Path key) {
        return new AlertmanagerConfig(
                List.of(url),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                100,
                Duration.ZERO,
                username,
                password,
                token,
                authority,
                certificate,
                key);
    }

    private static JsonNode known(StubAlertmanager stub, String rack) {
        await().atMost(Duration.ofSeconds(20)).until(() -> stub.known.containsKey(rack));
        return Objects.requireNonNull(stub.known.get(rack));
    }

    private static List<String> racks(List<List<JsonNode>> requests) {
        return requests.stream()
                .flatMap(List::stream)
                .map(alert -> alert.at("/labels/rack").asText())
                .toList();
    }

    /** The sum of the series {@code hallwatt_alertmanager_…} whose line has the text. */
    private double count(String metric, String text) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("hallwatt_alertmanager_" + metric + "{") && line.contains(text))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private Alert firing(String rack) {
        return alert(rack, new Standing.Firing(firedAt.minusSeconds(5), null, null), fired(null));
    }

    private Alert resolved(String rack) {
        return alert(rack, Standing.INACTIVE, fired(firedAt.plusSeconds(30)));
    }

    private Alert pending(String rack) {
        return alert(rack, new Standing.Pending(firedAt, null), null);
    }

    private Fired fired(@Nullable Instant endedAt) {
        return new Fired(firedAt, new TreeMap<>(Map.of("summary", "too hot")), endedAt);
    }

    private Alert alert(String rack, Standing standing, @Nullable Fired fired) {
        return new Alert(
                new AlertKey("rule", Scope.RACK, "s1/h01", rack, "", false),
                "Hot",
                new TreeMap<>(Map.of("alertname", "Hot", "hall", "h01", "rack", rack, "severity", "critical")),
                "fp-" + rack,
                standing,
                Swings.NONE,
                null,
                null,
                fired);
    }
}
