package io.hallwatt.alerting.rule;

import io.hallwatt.alerting.expr.Bound;
import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.expr.ExprFault;
import io.hallwatt.alerting.expr.Formula;
import io.hallwatt.alerting.state.FlapDamping;
import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.alerting.state.StateMachine;
import io.hallwatt.alerting.template.Template;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.yaml.Yaml;
import io.hallwatt.contract.yaml.YamlSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a rule file section by section; faults are noted, not thrown. */
final class RuleFile {
    private static final Set<String> GROUP_KEYS = Set.of("name", "interval", "limit", "labels", "rules");
    private static final Set<String> RULE_KEYS = Set.of(
            "alert",
            "expr",
            "for",
            "keep_firing_for",
            "annotations",
            "clear",
            "on_missing",
            "max_gap",
            "window",
            "min_coverage",
            "parent",
            "flapping");

    private final String text;
    private final Faults faults;
    private final Faults warnings;
    private final Places places;
    private final RuleTexts texts;
    private final List<Read> read = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> lineOfGroup = new HashMap<>();
    private final Map<String, Integer> lineOfRule = new HashMap<>();

    /** @param warnings what may be read, and is hardly meant */
    RuleFile(String text, Faults faults, Faults warnings) {
        this.text = text;
        this.faults = faults;
        this.warnings = warnings;
        this.places = new Places(text);
        this.texts = new RuleTexts(places);
    }

    /** A rule and where it stands. */
    record Read(Rule rule, YamlSection section) {}

    List<Read> rules() {
        YamlSection top = Yaml.read(text, faults);
        if (top != null) {
            if (!top.has("groups")) {
                top.fault("groups", "missing; a rule file is groups, each with a name and rules");
            }
            top.sections("groups").forEach(this::group);
            top.noOthers("a group", GROUP_KEYS);
            if (read.isEmpty() && faults.none()) {
                warnings.at(
                        top.valueLineOf("groups"),
                        top.valueColumnOf("groups"),
                        "warning: no rules: nothing of this file will ever fire; give a group rules, or take the file out");
            }
        }
        return read;
    }

    private void group(YamlSection section) {
        String name = section.text("name");
        YamlSection group = section.called(name.isEmpty() ? "" : "group " + name);
        Integer before = lineOfGroup.put(name, group.lineOf("name"));
        if (before != null && !name.isEmpty()) {
            group.fault("name", "group \"%s\" stands at line %d too: give each its own name", name, before);
        }
        // Windows close when they close: the interval is the twin's business that Prometheus itself evaluates, and is
        // only checked here.
        group.optionalDuration("interval");
        noQueryOffset(group);
        int limit = (int) group.optionalInteger("limit", 0, 1_000_000).orElse(0);
        Map<String, Template> labels = group.optionalSection("labels")
                .map(own -> texts.templates(own, true))
                .orElse(Map.of());
        group.sections("rules").forEach(rule -> rule(name, limit, labels, rule));
        group.noOthers("a rule", RULE_KEYS);
    }

    /** In Prometheus it waits for samples that are written late. */
    private static void noQueryOffset(YamlSection section) {
        if (section.has("query_offset")) {
            section.optionalScalar("query_offset"); // asked for only then: it is none of the keys that are known here
            section.fault(
                    "query_offset",
                    "in Prometheus it waits for samples that come late; here a rule is evaluated when its window closes, which has waited for them: take it out, and if more time is wanted raise aggregate's grace");
        }
    }

    private void rule(String group, int limit, Map<String, Template> groupLabels, YamlSection unnamed) {
        if (unnamed.has("record")) {
            String series = unnamed.optionalScalar("record").orElse("");
            YamlSection recording = unnamed.called(series);
            recording.optionalScalar("expr");
            recording.fault("record", "recording rules are Prometheus's own; here are alerts only: take the rule out");
            return;
        }
        String alert = unnamed.text("alert");
        YamlSection section = unnamed.called(alert);
        names.add(alert);
        noQueryOffset(section);
        String expr = section.text("expr");
        Condition condition = condition(section, expr);
        SortedMap<String, Template> labels = new TreeMap<>(groupLabels);
        YamlSection ownLabels = section.optionalSection("labels").orElse(null);
        if (ownLabels != null) {
            labels.putAll(texts.templates(ownLabels, true));
        }
        YamlSection annotationSection = section.optionalSection("annotations").orElse(null);
        Map<String, Template> annotations =
                annotationSection == null ? Map.of() : texts.templates(annotationSection, false);
        Duration pendingFor = section.optionalDuration("for").orElse(Duration.ZERO);
        Duration keepFiringFor = section.optionalDuration("keep_firing_for").orElse(Duration.ZERO);
        OptionalDouble clear = section.optionalNumber("clear", -1e30, 1e30);
        OnMissing onMissing =
                section.optionalChoice("on_missing", OnMissing.class).orElse(OnMissing.KEEP);
        Duration maxGap = section.optionalDuration("max_gap").orElse(Duration.ZERO);
        Resolution resolution = RuleWindow.of(section, condition);
        double minCoverage = section.optionalNumber("min_coverage", 0, 1).orElse(0);
        String parent = section.optionalText("parent").orElse(null);
        FlapDamping damping =
                section.optionalSection("flapping").map(RuleFile::damping).orElse(null);
        section.noOthers();
        if (condition == null) {
            return;
        }
        RuleTexts.check(section, ownLabels, annotationSection, condition, labels, annotations);
        checkMissing(section, condition);
        ranges(section, expr, condition, resolution);
        Rule rule = new Rule(
                group,
                alert,
                expr,
                condition,
                resolution,
                clear.isPresent() ? clearBound(section, condition, clear.getAsDouble()) : null,
                new StateMachine(pendingFor, keepFiringFor, onMissing, maxGap),
                minCoverage,
                limit,
                labels,
                annotations,
                parent,
                damping);
        Integer before = lineOfRule.put(rule.identity(), section.lineOf("alert"));
        if (before != null) {
            section.fault(
                    "alert",
                    "%s with the same labels stands at line %d too: their alerts could not be told apart, and the end of one would be told while the other fires; give one a label or a name of its own, or join the expressions with `or`",
                    alert,
                    before);
        }
        read.add(new Read(rule, section));
        for (String doubt : Doubts.of(rule)) {
            warnings.at(
                    section.valueLineOf("expr"), section.valueColumnOf("expr"), "warning: %s: expr: %s", alert, doubt);
        }
    }

    /** {@code firings: 0} switches it off. */
    private static FlapDamping damping(YamlSection section) {
        int firings = (int) section.integer("firings", 0, FlapDamping.MOST_FIRINGS);
        Duration within = section.optionalDuration("within").orElse(Duration.ZERO);
        if (firings > 0 && (within.isZero() || within.compareTo(FlapDamping.LONGEST) > 0)) {
            section.fault(
                    "within",
                    "give more than 0s and at most %s: more than %d firings within it are too many",
                    Durations.format(FlapDamping.LONGEST),
                    firings);
        }
        section.noOthers();
        return firings == 0 ? FlapDamping.OFF : new FlapDamping(firings, within);
    }

    /** Checks the parents that this file's rules name, by the rules of all files. */
    void check(ParentCheck check) {
        for (Read child : read) {
            if (child.rule().parent() != null) {
                check.fault(child.rule()).ifPresent(fault -> child.section().fault("parent", "%s", fault));
            }
        }
    }

    /** Alert names, those of rules with faults too. */
    Set<String> names() {
        return names;
    }

    private @Nullable Condition condition(YamlSection section, String expr) {
        if (expr.isBlank()) {
            return null;
        }
        try {
            return Condition.parse(expr);
        } catch (ExprFault e) {
            places.fault(section, "expr", expr, e.offset(), e.sentence());
            return null;
        }
    }

    private void ranges(YamlSection section, String expr, Condition condition, Resolution resolution) {
        if (condition instanceof Condition.Computed computed) {
            for (Formula.Over over : computed.formula().ranges()) {
                RuleWindow.faultOf(over, resolution)
                        .ifPresent(sentence -> places.fault(section, "expr", expr, over.offset(), sentence));
            }
        }
    }

    /** The bound that holds as long as the alert has not recovered. */
    private static @Nullable Bound clearBound(YamlSection section, Condition condition, double clear) {
        boolean compares = condition instanceof Condition.Watched || condition instanceof Condition.Computed;
        if (!compares || condition.bounds().size() != 1) {
            section.fault("clear", "needs an expr that compares metrics, last of all, with one number");
            return null;
        }
        Bound bound = condition.bounds().getFirst();
        switch (bound.comparator()) {
            case ABOVE, AT_LEAST -> {
                if (clear > bound.limit()) {
                    section.fault(
                            "clear",
                            "%s is above the bound %s: an alert that fires above it recovers below; give at most %s",
                            Double.toString(clear),
                            Double.toString(bound.limit()),
                            Double.toString(bound.limit()));
                }
            }
            case BELOW, AT_MOST -> {
                if (clear < bound.limit()) {
                    section.fault(
                            "clear",
                            "%s is below the bound %s: an alert that fires below it recovers above; give at least %s",
                            Double.toString(clear),
                            Double.toString(bound.limit()),
                            Double.toString(bound.limit()));
                }
            }
            case EQUAL, UNEQUAL -> section.fault("clear", "needs a comparison by > >= < or <=");
        }
        return new Bound(bound.comparator(), clear);
    }

    private static void checkMissing(YamlSection section, Condition condition) {
        if (condition.canBeMissing()) {
            return;
        }
        for (String key : List.of("on_missing", "max_gap", "min_coverage")) {
            if (section.has(key)) {
                section.fault(
                        key, "says what to do where values are missing, but absent(…) and vector(…) are never missing");
            }
        }
    }
}
