package io.hallwatt.alerting.rule;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.expr.Formula;
import io.hallwatt.alerting.expr.RangeFunction;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.yaml.Yaml;
import io.hallwatt.contract.yaml.YamlSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a Prometheus that loads the {@link Twin} makes of its rules by how often it scrapes and evaluates. Here a rule is evaluated at each window's end; there, at
 * its own interval, on the newest of the samples that it took at another.
 */
public final class TwinIntervals {
    /** What Prometheus itself does where nothing is set: scrape_interval and evaluation_interval. */
    public static final Duration USUAL = Duration.ofMinutes(1);

    private final Duration scrape;
    private final Duration evaluation;
    private final Map<String, Duration> ofGroup = new HashMap<>();
    private final Set<String> late = new TreeSet<>();
    private final Set<String> empty = new TreeSet<>();
    private final Set<String> counted = new TreeSet<>();
    private final Set<String> longer = new TreeSet<>();

    private TwinIntervals(Duration scrape, Duration evaluation) {
        this.scrape = scrape;
        this.evaluation = evaluation;
    }

    /**
     * A sentence for each way in which intervals change what the rules do, with the alerts that it is about.
     *
     * @param file       its name, for messages
     * @param rules      the whole file
     * @param scrape     how often Prometheus scrapes, more than zero
     * @param evaluation how often it evaluates groups that name no interval, more than zero
     * @throws io.hallwatt.contract.config.InvalidInput with all faults of the file
     */
    public static List<String> of(String file, String rules, Duration scrape, Duration evaluation) {
        TwinIntervals intervals = new TwinIntervals(scrape, evaluation);
        RuleSet read = RuleSet.read(file, rules);
        YamlSection top = Yaml.read(rules, new Faults(file));
        if (top != null) {
            for (YamlSection group : top.sections("groups")) {
                group.optionalDuration("interval")
                        .filter(Duration::isPositive)
                        .ifPresent(interval -> intervals.ofGroup.put(group.text("name"), interval));
            }
        }
        read.rules().forEach(intervals::look);
        return intervals.sentences();
    }

    private void look(Rule rule) {
        Duration interval = ofGroup.getOrDefault(rule.group(), evaluation);
        late(rule, "for", rule.machine().pendingFor(), interval);
        late(rule, "keep_firing_for", rule.machine().keepFiringFor(), interval);
        if (rule.condition() instanceof Condition.Computed computed) {
            computed.formula().ranges().forEach(over -> range(rule, over));
        }
        boolean finest = rule.condition().metrics().stream()
                .allMatch(metric -> Rule.finest(metric).equals(rule.resolution()));
        if (!finest) {
            longer.add("%s (%s)".formatted(rule.alert(), rule.resolution().text()));
        }
    }

    private void late(Rule rule, String key, Duration wait, Duration interval) {
        if (wait.toMillis() % interval.toMillis() != 0) {
            late.add("%s (%s: %s, evaluated each %s)"
                    .formatted(rule.alert(), key, Durations.format(wait), Durations.format(interval)));
        }
    }

    private void range(Rule rule, Formula.Over over) {
        String shown =
                "%s (%s over %s)".formatted(rule.alert(), over.function().text(), Durations.format(over.range()));
        if (over.range().toMillis() / scrape.toMillis() < over.function().leastValues()) {
            empty.add(shown);
        } else if (counts(over.function()) && !scrape.equals(rule.resolution().length())) {
            counted.add(shown);
        }
    }

    private static boolean counts(RangeFunction function) {
        return function == RangeFunction.COUNT_OVER_TIME || function == RangeFunction.SUM_OVER_TIME;
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        String scraped = Durations.format(scrape);
        say(
                sentences,
                late,
                "these waits are no whole number of evaluation intervals, and Prometheus rounds them up; set the group's interval: to what divides them");
        say(
                sentences,
                empty,
                "scraped each %s, these ranges hold too few samples, and the alerts cannot fire; scrape more often, or lengthen the ranges"
                        .formatted(scraped));
        say(
                sentences,
                counted,
                "scraped each %s, these count other samples than the windows that they count here; scrape as often as there are windows"
                        .formatted(scraped));
        say(
                sentences,
                longer,
                "window: is lost, so these are judged on the shortest windows, of which each scrape sees the newest; average over a range in place of it");
        return sentences;
    }

    private static void say(List<String> sentences, Set<String> alerts, String what) {
        if (!alerts.isEmpty()) {
            sentences.add("%s: %s".formatted(what, String.join(", ", alerts)));
        }
    }
}
