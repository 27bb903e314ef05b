package io.hallwatt.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageConfigTest {
    @TempDir
    Path folder;

    /** A stage's settings, of each kind. */
    public record Sample(Duration liveGrace, int threads, boolean loud, double factor, Path folder, Mode mode) {
        static final Sample DEFAULTS =
                new Sample(Duration.ofSeconds(2), 1, false, 1.5, Path.of("data"), Mode.AS_IT_COMES);

        public Sample {
            new Faults("aggregate")
                    .unless(threads > 0, "threads is %d; give 1 or more", threads)
                    .throwIfAny();
        }
    }

    /** A choice. */
    public enum Mode {
        AS_IT_COMES,
        SORTED
    }

    @Test
    void what_nobody_sets_is_the_default() {
        assertThat(config(ConfigFile.NONE, Map.of(), Map.of())).isEqualTo(Sample.DEFAULTS);
    }

    @Test
    void a_flag_goes_before_the_environment_and_that_before_the_file() throws Exception {
        ConfigFile file = file("aggregate:\n  live-grace: 3s\n  threads: 3\n  mode: sorted\n");
        Map<String, String> environment =
                Map.of("HALLWATT_AGGREGATE_LIVE_GRACE", "4s", "HALLWATT_AGGREGATE_THREADS", "4");

        Sample sample = config(file, environment, Map.of("aggregate.live-grace", "5s"));

        assertThat(sample.liveGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(sample.threads()).isEqualTo(4);
        assertThat(sample.mode()).isEqualTo(Mode.SORTED);
    }

    @Test
    void every_value_of_the_wrong_form_is_told_with_its_place_and_form() throws Exception {
        ConfigFile file = file("aggregate:\n  threads: many\n  mode: random\n");

        assertThatThrownBy(() -> config(file, Map.of("HALLWATT_AGGREGATE_LOUD", "loud"), Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("hallwatt.yaml:2: threads is \"many\"; give a whole number")
                .hasMessageContaining("hallwatt.yaml:3: mode is \"random\"; give one of as-it-comes, sorted")
                .hasMessageContaining("HALLWATT_AGGREGATE_LOUD is \"loud\"; give true or false");
    }

    @Test
    void an_unknown_key_of_the_file_is_told_with_the_nearest() throws Exception {
        ConfigFile file = file("aggregate:\n  thread: 2\n");

        assertThatThrownBy(() -> config(file, Map.of(), Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("hallwatt.yaml:2:3: aggregate.thread: unknown key; did you mean \"threads\"?");
    }

    @Test
    void what_the_record_itself_refuses_comes_through() {
        assertThatThrownBy(() -> config(ConfigFile.NONE, Map.of(), Map.of("aggregate.threads", "0")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("aggregate: threads is 0; give 1 or more");
    }

    @Test
    void what_the_record_refuses_of_the_file_has_its_line() throws Exception {
        ConfigFile file = file("aggregate:\n  loud: true\n  threads: 0\n");

        assertThatThrownBy(() -> config(file, Map.of(), Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageEndingWith("hallwatt.yaml:3: aggregate: threads is 0; give 1 or more");
        assertThatThrownBy(() -> config(file, Map.of(), Map.of("aggregate.threads", "-1")))
                .hasMessage("aggregate: threads is -1; give 1 or more");
    }

    /** Settings with sections, lists and secrets. */
    public record Telling(Peers peers, Map<String, Hook> hooks) {
        static final Telling DEFAULTS = new Telling(new Peers(List.of(), Secret.NONE, Duration.ofMinutes(1)), Map.of());
    }

    /** A section. */
    public record Peers(List<URI> urls, Secret password, Duration resend) {
        public Peers {
            new Faults("alerting.peers")
                    .unless(resend.isPositive(), "resend is %s; give more", resend)
                    .unless(
                            urls.stream().noneMatch(url -> "ftp".equals(url.getScheme())),
                            "urls has %s; give each as http",
                            urls.isEmpty() ? "" : urls.getFirst())
                    .throwIfAny();
        }
    }

    /** One of many sections, each with a name of its own. */
    public record Hook(@Nullable URI url, int tries) {
        public static final Hook DEFAULTS = new Hook(null, 3);
    }

    @Test
    void sections_lists_and_sections_by_name_are_read() throws Exception {
        ConfigFile file = file("""
                alerting:
                  peers:
                    urls: [http://a:1, http://b:2]
                    resend: 30s
                  hooks:
                    ops: { url: https://ops.example }
                    tickets: { url: https://tickets.example, tries: 5 }
                """);

        Telling telling = telling(file, Map.of("HALLWATT_ALERTING_HOOKS_OPS_TRIES", "4"), Map.of());

        assertThat(telling.peers().urls()).containsExactly(URI.create("http://a:1"), URI.create("http://b:2"));
        assertThat(telling.peers().resend()).isEqualTo(Duration.ofSeconds(30));
        assertThat(telling.hooks())
                .containsOnly(
                        Map.entry("ops", new Hook(URI.create("https://ops.example"), 4)),
                        Map.entry("tickets", new Hook(URI.create("https://tickets.example"), 5)));
    }

    @Test
    void a_list_that_a_stage_refuses_is_told_with_its_line_and_is_a_list_all_the_same() {
        assertThatThrownBy(() -> telling(
                        file("alerting:\n  peers:\n    urls: [http://a:1]\n    resend: 0s\n"), Map.of(), Map.of()))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults())
                                .singleElement()
                                .asString()
                                .endsWith(":4: alerting.peers: resend is PT0S; give more"));
        assertThatThrownBy(() -> telling(file("alerting:\n  peers:\n    urls: [ftp://a]\n"), Map.of(), Map.of()))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults())
                                .singleElement()
                                .asString()
                                .endsWith(":3: alerting.peers: urls has ftp://a; give each as http"));
    }

    @Test
    void a_list_on_the_command_line_has_commas() throws Exception {
        ConfigFile file = file("alerting: { peers: { urls: http://one:1 } }\n");

        assertThat(telling(file, Map.of(), Map.of()).peers().urls()).containsExactly(URI.create("http://one:1"));
        assertThat(telling(file, Map.of(), Map.of("alerting.peers.urls", "http://a:1, http://b:2"))
                        .peers()
                        .urls())
                .containsExactly(URI.create("http://a:1"), URI.create("http://b:2"));
    }

    @Test
    void a_secret_comes_from_a_file_of_its_own_or_the_environment() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "geheim\n");
        ConfigFile file = file("alerting: { peers: { password-file: \"%s\" } }\n".formatted(secret));

        assertThat(telling(file, Map.of(), Map.of()).peers().password()).isEqualTo(new Secret("geheim"));
        assertThat(telling(file, Map.of("HALLWATT_ALERTING_PEERS_PASSWORD", "anders"), Map.of())
                        .peers()
                        .password())
                .isEqualTo(new Secret("anders"));
        assertThat(telling(file, Map.of(), Map.of()).toString()).doesNotContain("geheim");
    }

    @Test
    void a_secret_in_the_configuration_file_is_refused_and_not_repeated() throws Exception {
        ConfigFile file = file("alerting:\n  peers:\n    password: geheim\n");

        assertThatThrownBy(() -> telling(file, Map.of(), Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("hallwatt.yaml:3: password: a secret does not belong in this file")
                .hasMessageContaining("password-file")
                .hasMessageContaining("HALLWATT_ALERTING_PEERS_PASSWORD")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void faults_of_all_sections_are_told_at_once_with_their_places() throws Exception {
        ConfigFile file = file("""
                alerting:
                  peers:
                    resend: 0s
                    password-file: /no/such/file
                    url: http://a
                  hooks:
                    ops: { tries: many }
                """);

        assertThatThrownBy(() -> telling(file, Map.of(), Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("hallwatt.yaml:3: alerting.peers: resend is PT0S; give more")
                .hasMessageContaining("/no/such/file: no such secret file")
                .hasMessageContaining("hallwatt.yaml:7: tries is \"many\"; give a whole number")
                .hasMessageContaining("alerting.peers.url: unknown key; did you mean \"urls\"?");
    }

    @Test
    void a_setting_of_a_section_is_known_on_the_command_line_and_a_secret_is_not() {
        StageConfig config = new StageConfig(
                ConfigFile.NONE, Map.of(), Map.of("alerting.peers.resend", "5s", "alerting.peers.password", "geheim"));

        assertThatThrownBy(() -> config.check(Map.of("alerting", Telling.DEFAULTS)))
                .hasMessage(
                        "--set alerting.peers.password: unknown setting; did you mean \"alerting.peers.password-file\"?");
    }

    @Test
    void a_section_by_name_may_come_from_flags_alone_or_beside_the_file() throws Exception {
        ConfigFile file = file("alerting: { hooks: { ops: { url: http://file, tries: 5 } } }\n");
        Map<String, String> set =
                Map.of("alerting.hooks.ops.url", "http://flag", "alerting.hooks.tickets.url", "http://tickets");

        new StageConfig(file, Map.of(), set).check(Map.of("alerting", Telling.DEFAULTS));
        assertThat(telling(file, Map.of("HALLWATT_ALERTING_HOOKS_TICKETS_TRIES", "4"), set)
                        .hooks())
                .containsOnly(
                        Map.entry("ops", new Hook(URI.create("http://flag"), 5)),
                        Map.entry("tickets", new Hook(URI.create("http://tickets"), 4)));
    }

    @Test
    void what_a_section_by_name_has_not_is_refused_on_the_command_line_too() {
        Map<String, String> set = Map.of(
                "alerting.hooks.ops.uri", "http://a", "alerting.hooks.ops", "http://a", "alerting.hooks.a.b.url", "c");

        assertThatThrownBy(() ->
                        new StageConfig(ConfigFile.NONE, Map.of(), set).check(Map.of("alerting", Telling.DEFAULTS)))
                .hasMessageContaining(
                        "--set alerting.hooks.ops.uri: unknown setting; did you mean \"alerting.hooks.ops.url\"?")
                .hasMessageContaining("--set alerting.hooks.ops: unknown setting")
                .hasMessageContaining("--set alerting.hooks.a.b.url: unknown setting");
        assertThatThrownBy(() -> telling(ConfigFile.NONE, Map.of(), Map.of("alerting.hooks.ops.tries", "many")))
                .hasMessage("--set alerting.hooks.ops.tries is \"many\"; give a whole number");
    }

    private static Telling telling(ConfigFile file, Map<String, String> environment, Map<String, String> set) {
        return new StageConfig(file, environment, set).of("alerting", Telling.DEFAULTS);
    }

    private static Sample config(ConfigFile file, Map<String, String> environment, Map<String, String> set) {
        return new StageConfig(file, environment, set).of("aggregate", Sample.DEFAULTS);
    }

    private ConfigFile file(String text) throws Exception {
        return ConfigFile.read(Files.writeString(folder.resolve("hallwatt.yaml"), text));
    }
}
