package io.hallwatt.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.app.Cli;
import io.hallwatt.app.Cli.Outcome;
import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.app.config.StageConfig;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees who asks, or mistypes, or hands in a bad file. */
class UsageTest {
    /** A stage's setting, as help and its examples show it. */
    private static final Pattern SETTING =
            Pattern.compile("\\b(?<key>(ingest|aggregate|alerting)\\.[a-z-]+)=(?<value>[\\w-]+)");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "site", "rules", "alerts", "topics", "summary"})
    void a_list_of_commands_says_each_in_a_whole_sentence(String command) {
        String help =
                Cli.run(Map.of(), (command + " --help").strip().split(" ")).out();

        String list = help.substring(help.indexOf("Commands:")).replaceAll("(?s)\\R\\R.*", "");
        assertThat(list.replaceAll("\\R {8,}", " ").lines().skip(1))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).endsWith("."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "replay",
                "run",
                "ingest",
                "aggregate",
                "alerting",
                "site",
                "site check",
                "site apply",
                "rules",
                "rules check",
                "rules test",
                "rules backtest",
                "rules explain",
                "alerts",
                "alerts list",
                "alerts history",
                "rules export",
                "topics",
                "topics plan",
                "topics apply",
                "summary",
                "summary check",
                "bench",
                "doctor",
                "health"
            })
    void every_command_explains_itself_within_80_columns(String command) {
        Outcome help = Cli.run(Map.of(), (command + " --help").strip().split(" "));

        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("Usage: hallwatt").contains("--help");
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "replay",
                "run",
                "ingest",
                "aggregate",
                "alerting",
                "site",
                "rules",
                "alerts",
                "topics",
                "summary",
                "bench",
                "doctor",
                "health"
            })
    void the_help_of_every_command_has_examples(String command) {
        Outcome help = Cli.run(Map.of(), (command + " --help").strip().split(" "));

        assertThat(help.out()).contains("Examples:").contains("  hallwatt ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "replay", "run", "ingest", "aggregate", "alerting"})
    void every_setting_that_a_help_shows_exists(String command) {
        String help = Cli.run(Map.of(), command, "--help").out();

        assertThat(SETTING.matcher(help).results()).isNotEmpty().allSatisfy(setting -> {
            Map<String, String> set = Map.of(setting.group("key"), setting.group("value"));
            StageConfig config = new StageConfig(ConfigFile.NONE, Map.of(), set);
            config.check(StageOptions.DEFAULTS);
            StageOptions.DEFAULTS.forEach(config::of);
        });
    }

    @Test
    void the_version_names_the_build_and_java() {
        Outcome version = Cli.run(Map.of(), "--version");

        assertThat(version.exit()).isZero();
        assertThat(version.out())
                .matches("(?s)hallwatt \\d+\\.\\d+\\.\\d+\\S*( \\(commit [0-9a-f]+\\))?, Java "
                        + Runtime.version().feature() + ".*");
    }

    @Test
    void a_shell_can_complete_it() {
        Outcome completion = Cli.run(Map.of(), "generate-completion");

        assertThat(completion.exit()).isZero();
        assertThat(completion.out())
                .startsWith("#!/usr/bin/env bash")
                .contains("demo")
                .contains("replay");
    }

    @Test
    void a_mistyped_command_is_answered_with_the_right_one() {
        Outcome outcome = Cli.run(Map.of(), "topcs");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("'topcs'")
                .contains("Did you mean: hallwatt topics")
                .contains("--help");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void a_mistyped_option_is_answered_with_the_right_one() {
        Outcome outcome = Cli.run(Map.of(), "demo", "--scenari", "x.yaml");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("--scenari").contains("--scenario");
    }

    @Test
    void a_duration_that_is_none_is_shown_how_to_be_written() {
        Outcome outcome = Cli.run(Map.of(), "demo", "--for", "soon");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("--for").contains("\"soon\"").contains("60s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo --port 99999",
                "demo --admin-port -1",
                "replay --port 65536",
                "run --port 99999",
                "ingest --port 99999",
                "aggregate --port 99999",
                "alerting --port 99999",
                "health --port 99999",
                "health --port web",
                "doctor --port 99999"
            })
    void a_port_that_is_none_is_shown_how_to_be_written(String command) {
        String[] words = command.split(" ");

        Outcome outcome = Cli.run(Map.of(), words);

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("\"%s\" is no port: write a number from 0 to 65535".formatted(words[2]));
    }

    @Test
    void a_bad_site_file_gives_every_fault_with_its_line_and_column() throws Exception {
        Path site = Files.writeString(folder.resolve("site.yaml"), "id: x\nzone: Mars/Base\nhals: []\n");

        Outcome outcome = Cli.run(Map.of(), "site", "check", site.toString());

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(line -> line.startsWith(site + ":") && line.matches(".*:\\d+:\\d+: .*"))
                .anyMatch(line -> line.contains(":2:") && line.contains("Mars/Base"))
                .anyMatch(line -> line.contains(":3:") && line.contains("halls"));
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void the_reference_site_is_good() throws Exception {
        Path site = Path.of("..", "examples", "tetouan", "site.yaml");

        Outcome outcome = Cli.run(Map.of(), "site", "check", site.toString());

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("40 halls, 8,000 racks");
    }

    @Test
    void a_site_file_that_is_not_there_is_named() {
        Outcome outcome = Cli.run(Map.of(), "site", "check", "nowhere.yaml");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("nowhere.yaml: no such site file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "site check",
                "rules check",
                "rules test",
                "summary check",
                "demo --site",
                "demo --scenario",
                "demo --config",
                "demo --rules",
                "replay --site",
                "replay --mapping"
            })
    void a_file_larger_than_the_memory_is_refused_at_once(String command) throws Exception {
        Path site = Path.of("..", "examples", "made-up-pair", "site.yaml");
        Path huge = folder.resolve("huge.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add(huge.toString());
        if (command.equals("replay --mapping")) {
            words.addAll(List.of("--site", site.toString()));
        } else if (command.equals("replay --site")) {
            words.addAll(List.of("--mapping", "load.yaml"));
        } else if (command.startsWith("demo")) {
            words.addAll(
                    List.of("--port", "0", "--data-dir", folder.resolve("data").toString()));
        }

        Outcome outcome = Cli.run(Map.of(), words.toArray(String[]::new));

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(huge + ": 1,099,511,627,776 bytes; a ")
                .contains("has at most 8,388,608");
    }

    @Test
    void rules_are_exported_to_a_file_or_to_the_terminal() throws Exception {
        Path twin = folder.resolve("twin.yaml");

        Outcome shown = Cli.run(Map.of(), "rules", "export");
        Outcome written = Cli.run(Map.of(), "rules", "export", "--out", twin.toString());
        Outcome lost = Cli.run(
                Map.of(),
                "rules",
                "export",
                "--out",
                folder.resolve("no/twin.yaml").toString());

        assertThat(shown.out()).contains("alert: 'HallwattWatchdog'");
        assertThat(shown.err()).startsWith("warning: these waits are no whole number of evaluation intervals");
        assertThat(written.out()).isEqualToIgnoringNewLines("written: " + twin);
        assertThat(twin).content().isEqualTo(shown.out());
        assertThat(lost.exit()).isEqualTo(2);
        assertThat(lost.err()).contains("cannot be written");
    }

    @Test
    void a_bad_rule_to_export_is_told_with_its_path_and_a_good_one_does_not_carry_it() throws Exception {
        String good = """
                groups:
                  - name: mine
                    rules:
                      - alert: Hot
                        expr: hallwatt_hall_inlet_max_celsius > 30
                """;
        Path first = Files.writeString(folder.resolve("good.yaml"), good);
        Path second = Files.writeString(folder.resolve("bad.yaml"), good.replace("> 30", ">"));

        Outcome exported = Cli.run(Map.of(), "rules", "export", first.toString());
        Outcome refused = Cli.run(Map.of(), "rules", "export", second.toString());

        assertThat(exported.out()).startsWith("# Made by hallwatt rules export from good.yaml: ");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).startsWith(second + ":5:");
    }

    @Test
    void good_rules_are_counted() throws Exception {
        String one = """
                groups:
                  - name: mine
                    rules:
                      - alert: Hot
                        expr: hallwatt_hall_inlet_max_celsius > 30
                """;
        Path first = Files.writeString(folder.resolve("first.yaml"), one);
        Path second = Files.writeString(
                folder.resolve("second.yaml"), one.replace("mine", "more").replace("Hot", "Hotter"));

        assertThat(Cli.run(Map.of(), "rules", "check", first.toString()).out())
                .isEqualToIgnoringNewLines("good: 1 rule in 1 file");
        assertThat(Cli.run(Map.of(), "rules", "check", first.toString(), second.toString())
                        .out())
                .isEqualToIgnoringNewLines("good: 2 rules in 2 files");
    }

    @Test
    void a_bad_rule_gives_its_place_and_exit_1() throws Exception {
        Path rules = Files.writeString(folder.resolve("rules.yaml"), """
                groups:
                  - name: mine
                    rules:
                      - alert: Hot
                        expr: hallwatt_hall_inlet_max_celsius >
                """);

        Outcome outcome = Cli.run(Map.of(), "rules", "check", rules.toString());

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).startsWith(rules + ":5:");
    }

    @Test
    void a_rule_file_that_cannot_be_read_is_bad_input() throws Exception {
        Path binary = Files.write(folder.resolve("rules.bin"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        Outcome outcome = Cli.run(Map.of(), "rules", "check", "nowhere.yaml", folder.toString(), binary.toString());

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("nowhere.yaml: no such rule file")
                .contains(folder + ": a folder")
                .contains(binary + ": not UTF-8");
    }

    @Test
    void a_bad_mapping_gives_its_place_before_anything_starts() throws Exception {
        Path site = Files.copy(Path.of("..", "examples", "made-up-pair", "site.yaml"), folder.resolve("site.yaml"));
        Path mapping = Files.writeString(folder.resolve("load.yaml"), "file: load.tsv\nformt: tsv\n");

        Outcome outcome = Cli.run(Map.of(), "replay", "--site", site.toString(), "--mapping", mapping.toString());

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains(mapping + ":2:").contains("format");
    }

    @Test
    void a_data_directory_that_cannot_be_written_is_refused_with_the_remedy() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        Outcome outcome =
                Cli.run(Map.of(), "demo", "--data-dir", file.resolve("data").toString(), "--port", "0");

        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err())
                .contains("cannot be written")
                .contains(file.toString())
                .contains("--data-dir");
    }

    @Test
    void a_port_in_use_is_named_with_the_remedy() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome = Cli.run(Map.of(), "demo", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(outcome.exit()).isEqualTo(3);
            assertThat(outcome.err())
                    .contains("Port " + taken.getLocalPort() + " is in use")
                    .contains("--port 0");
        }
    }

    @Test
    void a_broker_that_is_away_is_named_with_the_remedy() {
        Outcome outcome = Cli.run(
                Map.of(),
                "topics",
                "plan",
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--kafka",
                "default.api.timeout.ms=1500",
                "--kafka",
                "request.timeout.ms=1000");

        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err())
                .contains("Kafka at 127.0.0.1:1 does not answer")
                .contains("--bootstrap-servers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", "localhost:x", "localhost:99999", "a:1,,b:2", "a:1 b:2", ""})
    void brokers_without_a_port_are_bad_usage(String brokers) {
        Outcome outcome = Cli.run(Map.of(), "topics", "plan", "--bootstrap-servers", brokers);

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("--bootstrap-servers").contains("HOST:PORT[,HOST:PORT…]");
    }

    @Test
    void a_kafka_property_that_kafka_does_not_know_is_bad_usage() {
        Outcome outcome = Cli.run(Map.of(), "topics", "plan", "--kafka", "security.protocol=NONE");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("security.protocol")
                .contains("NONE")
                .contains("SASL_SSL")
                .contains("--kafka")
                .doesNotContain("does not answer");
    }

    @Test
    void no_error_shows_a_stack_trace_unless_asked() {
        Outcome plain = Cli.run(Map.of(), "site", "check", "nowhere.yaml");
        Outcome debug = Cli.run(Map.of(), "--debug", "site", "check", "nowhere.yaml");

        assertThat(plain.err()).doesNotContain("\tat ");
        assertThat(debug.err()).contains("\tat ");
    }

    @Test
    void benchmarks_that_are_not_built_say_where_they_are() {
        Outcome outcome = Cli.run(Map.of(), "bench");

        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err()).contains("not part of this build").contains("./hallwatt bench");
    }

    @Test
    void an_unknown_setting_is_answered_with_the_nearest() {
        Outcome outcome = Cli.run(Map.of(), "aggregate", "--set", "aggregate.grac=5s");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("aggregate.grac").contains("aggregate.grace");
    }

    @Test
    void a_setting_without_its_stage_is_answered_with_the_whole_name() {
        assertThat(Cli.run(Map.of(), "aggregate", "--set", "grace=5s").err())
                .contains("--set grace: unknown setting; did you mean \"aggregate.grace\"?");
        assertThat(Cli.run(Map.of(), "aggregate", "--set", "colour=red").err())
                .contains("--set colour: unknown setting; give STAGE.KEY=VALUE: docs/reference/settings.md");
    }

    @Test
    void help_is_a_command_too() {
        Outcome outcome = Cli.run(Map.of(), "help", "demo");

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).isEqualTo(Cli.run(Map.of(), "demo", "--help").out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            demo --rate fast              | --rate         | "fast" is no number; write it as 0.5 or 10
            demo --rate NaN               | --rate         | "NaN" is no number
            demo --seed abc               | --seed         | "abc" is no whole number
            topics plan --replication 99999 | --replication  | "99999" is no whole number that fits
            demo --alertmanager http://   | --alertmanager | "http://" is no address; write http://HOST:PORT
            demo --color purple           | --color        | "purple" is none of auto, always, never
            alerts list --state fring     | --state        | "fring" is none of inactive, pending, firing, unknown, suppressed; did you mean "firing"?
            alerts list --format tabel    | --format       | "tabel" is none of table, json, csv; did you mean "table"?
            summary check x --alert Hot=off | --alert      | "off" is none of fired, resolved
            demo --port 99999             | --port         | "99999" is no port
            demo --admin-port=99999       | --admin-port   | "99999" is no port
            """)
    void a_bad_value_is_told_of_the_option_that_was_given_without_words_of_java(
            String command, String option, String said) {
        Outcome outcome = Cli.run(Map.of(), command.split(" "));

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("'" + option + "'")
                .contains(said)
                .doesNotContainIgnoringCase("java.")
                .doesNotContain("double", "long", "int ");
    }

    @Test
    void health_of_nobody_is_exit_1() {
        Outcome outcome = Cli.run(Map.of(), "health", "--port", "1");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).contains("no answer");
    }
}
