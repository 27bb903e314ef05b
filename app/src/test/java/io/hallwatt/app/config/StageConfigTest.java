package io.hallwatt.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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

    private static Sample config(ConfigFile file, Map<String, String> environment, Map<String, String> set) {
        return new StageConfig(file, environment, set).of("aggregate", Sample.DEFAULTS);
    }

    private ConfigFile file(String text) throws Exception {
        return ConfigFile.read(Files.writeString(folder.resolve("hallwatt.yaml"), text));
    }
}
