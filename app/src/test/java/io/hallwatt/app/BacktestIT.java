package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.app.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario on the embedded broker, then the same rules over what it left. */
class BacktestIT {
    private static final String RULES = """
            groups:
              - name: power
                rules:
                  - alert: RackFeedOverload
                    expr: hallwatt_rack_feed_load_ratio > 0.8
                    clear: 0.75
                    for: 2s
                    labels: { severity: warning }
                    annotations: { summary: 'at {{ $value | humanizePercentage }}' }
                  - alert: HallDraws
                    expr: hallwatt_hall_it_power_watts > 0
                    for: 3s
                  - alert: Watchdog
                    expr: vector(1)
              - name: silence
                rules:
                  - { alert: HallSilent, expr: hallwatt_hall_racks_reporting == 0, for: 1s }
                  - { alert: RackSilent, expr: hallwatt_rack_completeness_ratio == 0, for: 2s, parent: HallSilent }
            """;

    @TempDir
    Path folder;

    @Test
    void unchanged_rules_give_the_live_log_line_by_line_and_changed_ones_the_difference() throws Exception {
        Path scenario = Files.writeString(folder.resolve("overload.yaml"), """
                faults:
                  - { fault: breaker-overload, target: h02/r007, feed: A, to: 0.92, at: 3s, for: 6s }
                  - { fault: silence, target: h01, at: 4s, for: 8s }
                """);
        Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
        Path site = folder.resolve("site.yaml");
        try (var file = DemoIT.class.getResourceAsStream("small-site.yaml")) {
            Files.write(site, Objects.requireNonNull(file).readAllBytes());
        }
        Path data = folder.resolve("data");
        Cli.json(
                Map.of(),
                "demo",
                "--site",
                site.toString(),
                "--data-dir",
                data.toString(),
                "--for",
                "16s",
                "--port",
                "0",
                "--json",
                "--scenario",
                scenario.toString(),
                "--rules",
                rules.toString());

        Outcome same = backtest(data, "--rules", rules.toString(), "--against-log", "--json");

        assertThat(same.exit()).as(same.out() + same.err()).isZero();
        JsonNode document = new ObjectMapper().readTree(same.out());
        assertThat(document.at("/notInLog")).isEmpty();
        assertThat(document.at("/onlyInLog")).isEmpty();
        assertThat(document.at("/transitions").findValuesAsText("rule"))
                .as("as many as the live log has, and of each rule")
                .contains("RackFeedOverload", "HallDraws", "Watchdog");
        assertThat(document.at("/transitions").findValuesAsText("to"))
                .contains("PENDING", "FIRING", "INACTIVE", "SUPPRESSED");

        Path milder = Files.writeString(folder.resolve("milder.yaml"), RULES.replace("> 0.8", "> 0.95"));
        Outcome changed = backtest(data, "--rules", milder.toString(), "--against", rules.toString());

        assertThat(changed.exit()).as(changed.err()).isZero();
        assertThat(changed.out())
                .contains("RackFeedOverload fired 0 ×, in place of 1 ×: 1 time less")
                .contains("only there  ");

        Outcome history =
                Cli.run(Map.of(), "alerts", "history", "--data-dir", data.toString(), "--rule", "RackFeedOverload");

        assertThat(history.exit()).as(history.err()).isZero();
        assertThat(history.out().lines().skip(1))
                .singleElement()
                .asString()
                .contains("resolved")
                .contains("h02/r007 feed A");

        JsonNode explained = Cli.json(
                Map.of(),
                "rules",
                "explain",
                "RackFeedOverload",
                "--data-dir",
                data.toString(),
                "--rules",
                rules.toString(),
                "--hall",
                "h02",
                "--rack",
                "r007",
                "--json");

        assertThat(explained.at("/explanations").findValuesAsText("why"))
                .hasSize(2)
                .allSatisfy(why -> assertThat(why)
                        .startsWith("It does not fire. The value 0.")
                        .endsWith("is not > 0.8."));
    }

    private static Outcome backtest(Path data, String... more) {
        List<String> words = new ArrayList<>(List.of("rules", "backtest", "--data-dir", data.toString()));
        words.addAll(List.of(more));
        return Cli.run(Map.of(), words.toArray(String[]::new));
    }
}
