package io.hallwatt.alerting.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.state.FlapDamping;
import io.hallwatt.contract.config.InvalidInput;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRulesTest {
    private static final FlapDamping DAMPING = new FlapDamping(2, Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_000));
    private final List<RuleSet> taken = new ArrayList<>();

    @Test
    void rules_that_change_are_taken_up_and_told_to_those_who_follow() throws IOException {
        write("a.yaml", "A");
        LiveRules rules = rules("*.yaml");
        RuleSet before = rules.get();

        rules.reloadIfChanged();
        assertThat(rules.get()).isSameAs(before);
        write("b.yaml", "B");
        rules.reloadIfChanged();

        assertThat(rules.get().rules()).extracting(Rule::alert).containsExactly("A", "B");
        assertThat(rules.get().rules()).extracting(Rule::damping).containsOnly(DAMPING);
        assertThat(taken).containsExactly(rules.get());
    }

    @Test
    void one_bad_file_refuses_them_all_with_each_fault_and_what_ran_goes_on() throws IOException {
        write("a.yaml", "A");
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        LiveRules rules = rules("*.yaml");
        rules.bindTo(registry);
        RuleSet before = rules.get();
        now.set(Instant.ofEpochSecond(2_000));

        write("a.yaml", "Better");
        Files.writeString(
                folder.resolve("b.yaml"), "groups:\n- name: b\n  rules:\n  - alert: B\n    expr: 1 +\n    fro: 1m\n");
        List<String> faults = rules.reload();

        assertThat(faults).hasSize(2).allMatch(fault -> fault.startsWith(folder.resolve("b.yaml") + ":"));
        assertThat(rules.get()).isSameAs(before);
        assertThat(taken).isEmpty();
        assertThat(registry.scrape())
                .contains("hallwatt_rules_last_reload_successful 0")
                .contains("hallwatt_rules_last_reload_success_timestamp_seconds 1000");
        assertThat(rules.refusal()).contains(new LiveRules.Refusal(Instant.ofEpochSecond(2_000), faults));
        now.set(Instant.ofEpochSecond(2_500));
        rules.reload();
        assertThat(rules.refusal())
                .as("refused again")
                .contains(new LiveRules.Refusal(Instant.ofEpochSecond(2_000), faults));
        write("b.yaml", "B");
        rules.reloadIfChanged();
        assertThat(rules.get().rules()).extracting(Rule::alert).containsExactly("Better", "B");
        assertThat(rules.refusal()).isEmpty();
        assertThat(registry.scrape())
                .contains("hallwatt_rules_last_reload_successful 1")
                .contains("hallwatt_rules_last_reload_success_timestamp_seconds 2500");
    }

    @Test
    void a_file_that_is_gone_for_a_moment_ends_nothing() throws IOException {
        write("a.yaml", "A");
        LiveRules rules = rules("a.yaml");
        RuleSet before = rules.get();

        Files.delete(folder.resolve("a.yaml"));
        rules.reloadIfChanged();
        rules.reloadIfChanged();

        assertThat(rules.get()).isSameAs(before);
        write("a.yaml", "A2");
        rules.reloadIfChanged();
        assertThat(rules.get().rules()).extracting(Rule::alert).containsExactly("A2");
    }

    @Test
    void a_pattern_that_no_file_has_is_a_fault() {
        assertThatThrownBy(() -> rules("*.yml"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("%s/*.yml: no file is named so; see the folder %s".formatted(folder, folder));
    }

    private LiveRules rules(String name) {
        LiveRules rules = new LiveRules(new RuleFiles(List.of(folder + "/" + name), null), DAMPING, now::get);
        rules.follow(taken::add);
        return rules;
    }

    private void write(String file, String alert) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "groups: [{name: %s, rules: [{alert: %s, expr: hallwatt_hall_it_power_watts > 1}]}]"
                        .formatted(file, alert));
    }
}
