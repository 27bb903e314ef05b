package io.hallwatt.alerting.trial;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.rule.Places;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.trial.RuleTest.Expectation;
import io.hallwatt.alerting.trial.RuleTest.Shown;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.yaml.Yaml;
import io.hallwatt.contract.yaml.YamlSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of tests, checked.
 *
 * @param rules of all its {@code rule_files}
 */
public record TestFile(RuleSet rules, List<RuleTest> tests) {
    /** Prometheus's default, for {@code evaluation_interval} and {@code interval} alike. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofDays(31);

    public TestFile {
        tests = List.copyOf(tests);
    }

    /** Gives the rules of the files that a test file names. */
    @FunctionalInterface
    public interface RuleFiles {
        /** @throws io.hallwatt.contract.config.InvalidInput with their faults */
        RuleSet read(List<String> names);
    }

    /**
     * Reads one file.
     *
     * @param file its name, for messages
     * @param text the whole file
     * @throws io.hallwatt.contract.config.InvalidInput with all faults, {@code file:line:column: what, remedy} each
     */
    public static TestFile read(String file, String text, RuleFiles ruleFiles) {
        Faults faults = new Faults(file);
        TestFile read = new Reader(text, faults, ruleFiles).file();
        faults.throwIfAny();
        return read;
    }

    /** Reads section by section; faults are noted, not thrown. */
    private static final class Reader {
        private final String text;
        private final Faults faults;
        private final Places places;
        private final RuleFiles ruleFiles;
        private final Set<String> alerts = new LinkedHashSet<>();
        private Duration evaluationInterval = MINUTE;

        Reader(String text, Faults faults, RuleFiles ruleFiles) {
            this.text = text;
            this.faults = faults;
            this.places = new Places(text);
            this.ruleFiles = ruleFiles;
        }

        TestFile file() {
            RuleSet rules = new RuleSet(List.of());
            List<RuleTest> tests = new ArrayList<>();
            YamlSection top = Yaml.read(text, faults);
            if (top != null) {
                List<String> names = top.texts("rule_files");
                if (names.isEmpty()) {
                    top.fault(
                            "rule_files",
                            "name the rule files that are tested (- rules.yaml), from this file's folder");
                } else {
                    rules = ruleFiles.read(names);
                }
                rules.rules().stream().map(Rule::alert).forEach(alerts::add);
                alerts.add(Alert.BLIND);
                evaluationInterval = interval(top, "evaluation_interval");
                top.texts("group_eval_order"); // one rule does not see another's alerts here: any order gives the same
                top.optionalTruth("fuzzy_compare"); // of promql_expr_test's samples, which are refused
                if (!top.has("tests")) {
                    top.fault("tests", "missing; a list of tests, each with input_series and alert_rule_test");
                }
                top.sections("tests").forEach(test -> tests.add(test(test)));
                top.noOthers();
            }
            return new TestFile(rules, tests);
        }

        private RuleTest test(YamlSection test) {
            Duration interval = interval(test, "interval");
            String name = test.optionalScalar("name").orElse("");
            test.optionalSection("external_labels")
                    .ifPresent(YamlSection::scalars); // no template here can ask for them
            test.optionalScalar("external_url");
            if (test.has("promql_expr_test")) {
                test.sections("promql_expr_test");
                test.fault(
                        "promql_expr_test",
                        "tests an expression by itself, which promtool can do with the exported rules; here alerts are tested: write alert_rule_test");
            }
            Map<SeriesName, SeriesValues> series = new LinkedHashMap<>();
            Map<SeriesName, Integer> lines = new HashMap<>();
            for (YamlSection given : test.sections("input_series")) {
                series(given, series, lines);
            }
            List<Expectation> expectations = new ArrayList<>();
            test.sections("alert_rule_test").forEach(expected -> expectations.add(expectation(expected)));
            if (expectations.isEmpty()) {
                test.fault("alert_rule_test", "nothing is expected, so that this test cannot fail: add an item");
            }
            test.noOthers();
            return new RuleTest(name, interval, evaluationInterval, series, expectations);
        }

        private void series(YamlSection given, Map<SeriesName, SeriesValues> series, Map<SeriesName, Integer> lines) {
            SeriesName name = parsed(given, "series", SeriesName::parse);
            SeriesValues values = parsed(given, "values", SeriesValues::parse);
            given.noOthers();
            if (name == null || values == null) {
                return;
            }
            Integer before = lines.putIfAbsent(name, given.lineOf("series"));
            if (before != null) {
                given.fault("series", "stands at line %d too: leave one", before);
            }
            series.put(name, values);
        }

        /** A text in a notation of its own. */
        private interface Notation<T> {
            T parse(String text) throws TextFault;
        }

        private <T> @Nullable T parsed(YamlSection section, String key, Notation<T> notation) {
            Optional<String> value = section.optionalScalar(key);
            if (value.isEmpty()) {
                if (!section.has(key)) {
                    section.fault(key, "missing");
                }
                return null;
            }
            try {
                return notation.parse(value.get());
            } catch (TextFault e) {
                Places.Place place =
                        places.of(section.valueLineOf(key), section.valueColumnOf(key), value.get(), e.offset());
                faults.at(place.line(), place.column(), "%s: %s", key, e.sentence());
                return null;
            }
        }

        private Expectation expectation(YamlSection expected) {
            Duration at = expected.optionalDuration("eval_time").orElse(Duration.ZERO);
            if (!expected.has("eval_time")) {
                expected.fault("eval_time", "missing; how long after the first sample, as 5m");
            }
            if (at.compareTo(LONGEST) > 0) {
                expected.fault("eval_time", "%s is beyond %s", Durations.format(at), Durations.format(LONGEST));
                at = Duration.ZERO;
            }
            String alertname = expected.optionalScalar("alertname").orElse("");
            if (!alerts.contains(alertname)) {
                expected.fault(
                        "alertname",
                        "no alert of the rule files is called \"%s\"%s",
                        alertname,
                        Nearest.hint(alertname, alerts));
            }
            List<Shown> shown = new ArrayList<>();
            expected.sections("exp_alerts").forEach(alert -> shown.add(shown(alertname, alert)));
            expected.noOthers();
            return new Expectation(at, alertname, shown);
        }

        private static Shown shown(String alertname, YamlSection alert) {
            SortedMap<String, String> labels = texts(alert, "exp_labels");
            labels.put("alertname", alertname);
            labels.values().removeIf(String::isEmpty); // a label without a value is no label
            SortedMap<String, String> annotations = texts(alert, "exp_annotations");
            alert.noOthers();
            return new Shown(labels, annotations);
        }

        private static SortedMap<String, String> texts(YamlSection section, String key) {
            return new TreeMap<>(
                    section.optionalSection(key).map(YamlSection::scalars).orElse(Map.of()));
        }

        private static Duration interval(YamlSection section, String key) {
            Duration interval = section.optionalDuration(key).orElse(MINUTE);
            if (!interval.isPositive()) {
                section.fault(key, "is %s; give more than 0s", Durations.format(interval));
                return MINUTE;
            }
            return interval;
        }
    }
}
