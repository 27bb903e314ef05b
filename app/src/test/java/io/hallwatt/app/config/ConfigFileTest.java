package io.hallwatt.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.app.Cli;
import io.hallwatt.app.Cli.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees who writes a configuration file. */
class ConfigFileTest {
    /** Where nobody answers, and a client that soon knows. */
    private static final String NO_KAFKA = """
            bootstrap-servers: 127.0.0.1:1
            kafka:
              default.api.timeout.ms: 1500
              request.timeout.ms: 1000
            """;

    @TempDir
    Path folder;

    @Test
    void every_fault_is_told_at_once_with_its_place() throws Exception {
        Path file = write("""
                bootstrap-serverz: localhost:1
                bogus: 3
                port: banana
                aggregate:
                  thread: 2
                alerting:
                  threads: many
                topic-prefix: [a, b]
                """);

        Outcome outcome = Cli.run(Map.of(), "run", "--config", file.toString());

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err().lines())
                .contains(
                        file + ":1:1: bootstrap-serverz: no option of hallwatt and no section; did you mean"
                                + " \"bootstrap-servers\"?",
                        file + ":2:1: bogus: no option of hallwatt and no section",
                        file + ":3:7: port: \"banana\" is no port: write a number from 0 to 65535",
                        file + ":7: threads is \"many\"; give a whole number",
                        file + ":8:15: topic-prefix: one value belongs here, not a list")
                .anyMatch(line -> line.startsWith(file + ":5:3: aggregate.thread: unknown key"))
                .hasSize(6);
    }

    @Test
    void several_rule_files_are_a_list_and_each_of_them_is_read() throws Exception {
        Files.createDirectories(folder.resolve("rules"));
        Path bad = Files.writeString(folder.resolve("rules").resolve("bad.yaml"), "grups: []\n");
        Path file = write("rules: [%s/none.yaml, '%s/rules/*.yaml']\n".formatted(folder, folder));

        Outcome outcome = Cli.run(Map.of(), "run", "--config", file.toString());

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains(folder + "/none.yaml: no such rule file");
        Files.writeString(folder.resolve("none.yaml"), "groups: []\n");
        assertThat(Cli.run(Map.of(), "run", "--config", file.toString()).err())
                .contains(bad + ":1:1: grups: unknown key");
    }

    @Test
    void brokers_are_checked_where_they_stand() throws Exception {
        Path file = write("port: 0\nbootstrap-servers: localhost\n");

        Outcome outcome = Cli.run(Map.of(), "topics", "plan", "--config", file.toString());

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).startsWith(file + ":2:20: bootstrap-servers: \"localhost\" is no broker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help: true", "version: true", "config: other.yaml", "set: a=b"})
    void what_only_makes_sense_on_the_command_line_is_refused(String line) throws Exception {
        Path file = write(line + "\n");

        Outcome outcome = Cli.run(Map.of(), "run", "--config", file.toString());

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).startsWith(file + ":1:1: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"port", "admin-port"})
    void an_option_may_stand_there_under_each_of_its_long_names(String name) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = write("%s: %d\n%s".formatted(name, taken.getLocalPort(), NO_KAFKA));

            Outcome outcome = Cli.run(Map.of(), "run", "--config", file.toString());

            assertThat(outcome.exit()).isEqualTo(3);
            assertThat(outcome.err()).contains("Port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void what_belongs_to_another_command_is_let_be() throws Exception {
        Path file = write("hall-partitions: 12\nspeed: fast\nport: 0\n" + NO_KAFKA);

        Outcome outcome = Cli.run(Map.of(), "aggregate", "--config", file.toString());

        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err()).contains("Kafka at 127.0.0.1:1 does not answer");
    }

    @Test
    void rules_named_there_are_read_unless_others_are_named_on_the_command_line() throws Exception {
        Path file = write("rules: nowhere.yaml\nport: 0\n" + NO_KAFKA);

        Outcome fromFile = Cli.run(Map.of(), "alerting", "--config", file.toString());
        Outcome fromFlag = Cli.run(Map.of(), "alerting", "--config", file.toString(), "--rules", "other.yaml");

        assertThat(fromFile.err()).contains("nowhere.yaml: no such rule file");
        assertThat(fromFlag.err()).contains("other.yaml: no such rule file").doesNotContain("nowhere.yaml");
    }

    @Test
    void a_switch_that_is_on_in_the_file_stays_on_when_it_is_given() throws Exception {
        Path file = write("simulate: true\nport: 0\n" + NO_KAFKA);

        Outcome outcome = Cli.run(Map.of(), "ingest", "--simulate", "--config", file.toString());

        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err()).contains("Kafka at 127.0.0.1:1 does not answer");
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("hallwatt.yaml"), text);
    }
}
