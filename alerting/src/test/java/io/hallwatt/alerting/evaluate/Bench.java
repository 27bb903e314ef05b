package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.evaluate.Evaluation.Outcome;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertTransition;
import java.util.ArrayList;
import java.util.List;

/** Rules, a memory on the heap, and all that was told. */
public final class Bench implements AlertWatcher {
    final List<AlertTransition> told = new ArrayList<>();
    final List<String> limited = new ArrayList<>();
    final List<String> flaps = new ArrayList<>();
    final Memory memory = new HeapMemory();
    private Evaluation evaluation;

    public Bench(RuleSet rules) {
        evaluation = new Evaluation(rules, memory, this);
    }

    static Bench of(String rule) {
        return new Bench(rules(rule));
    }

    /** @param rule keys of one rule, a line each */
    static RuleSet rules(String rule) {
        return RuleSet.read(
                "rules.yaml",
                "groups:\n- name: g\n  limit: 5\n  rules:\n  - "
                        + rule.strip().indent(4).strip() + "\n");
    }

    /** A new process on the same memory. */
    Bench restart(RuleSet rules) {
        evaluation = new Evaluation(rules, memory, this);
        return this;
    }

    void prime(Sight sight) {
        evaluation.prime(sight);
    }

    Outcome see(Sight sight) {
        return evaluation.close(sight, told::add);
    }

    /** What is told of one window. */
    public List<AlertTransition> tellOf(Sight sight) {
        List<AlertTransition> telling = new ArrayList<>();
        evaluation.close(sight, telling::add);
        return telling;
    }

    /** {@code RackHot r017 PENDING>FIRING}, one a transition; forgets them. */
    List<String> heard() {
        List<String> heard = told.stream()
                .map(t -> "%s%s %s>%s"
                        .formatted(
                                t.rule(),
                                t.labels().containsKey("rack")
                                        ? " " + t.labels().get("rack")
                                        : "",
                                t.from(),
                                t.to()))
                .toList();
        told.clear();
        return heard;
    }

    public List<Alert> alerts() {
        return memory.alerts();
    }

    List<Alert> ended() {
        return memory.ended();
    }

    @Override
    public void stands(Alert alert) {}

    @Override
    public void ended(Alert alert) {}

    @Override
    public void limited(Rule rule, String row, int count) {
        limited.add(rule.alert() + " " + row + " " + count);
    }

    @Override
    public void flapped(Rule rule) {
        flaps.add(rule.alert());
    }
}
