package io.hallwatt.contract.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Faults, the nearest name, and the settings for Kafka. */
class ConfigTest {
    @Test
    void all_faults_are_thrown_at_once() {
        Faults faults = new Faults("stage")
                .unless(true, "never said")
                .unless(false, "first is %d", 1)
                .at(3, 7, "second: 100%%");

        assertThat(faults.none()).isFalse();
        assertThatThrownBy(faults::throwIfAny)
                .isInstanceOf(InvalidInput.class)
                .hasMessage("stage: first is 1\nstage:3:7: second: 100%");
    }

    @Test
    void of_very_many_faults_the_first_50_and_a_count_are_shown() {
        Faults faults = new Faults("f");
        for (int i = 0; i < 70; i++) {
            faults.at(i, 1, "wrong");
        }

        InvalidInput invalid = catchThrowableOfType(InvalidInput.class, faults::throwIfAny);

        assertThat(invalid.faults()).hasSize(51).last().isEqualTo("f: and 20 faults more");
    }

    @Test
    void a_misspelt_name_finds_its_nearest_and_a_strange_one_none() {
        List<String> known = List.of("ashrae", "racks", "rows");

        assertThat(Nearest.to("asrhae", known)).contains("ashrae");
        assertThat(Nearest.to("rack", known)).contains("racks");
        assertThat(Nearest.hint("row", known)).isEqualTo("; did you mean \"rows\"?");
        assertThat(Nearest.to("temperature", known)).isEmpty();
        assertThat(Nearest.to("r".repeat(100), List.of("r".repeat(99)))).isEmpty();
    }

    @Test
    void kafka_properties_go_to_the_clients_they_name() {
        var settings = new KafkaSettings(
                "a:1,b:2",
                "p.",
                Map.of(
                        "security.protocol",
                        "SSL",
                        "producer.linger.ms",
                        "5",
                        "consumer.security.protocol",
                        "PLAINTEXT"));

        assertThat(settings.client(KafkaSettings.Kind.PRODUCER))
                .isEqualTo(Map.of("bootstrap.servers", "a:1,b:2", "security.protocol", "SSL", "linger.ms", "5"));
        assertThat(settings.client(KafkaSettings.Kind.CONSUMER))
                .isEqualTo(Map.of("bootstrap.servers", "a:1,b:2", "security.protocol", "PLAINTEXT"));
    }

    @Test
    void kafka_settings_that_cannot_be_are_refused_together() {
        assertThatThrownBy(() -> new KafkaSettings(" ", "Big_", Map.of()))
                .hasMessageContaining("bootstrap-servers is empty")
                .hasMessageContaining("topic-prefix \"Big_\"");
    }
}
