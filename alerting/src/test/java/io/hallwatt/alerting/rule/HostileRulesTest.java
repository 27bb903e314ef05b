package io.hallwatt.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.hallwatt.alerting.template.Template;
import io.hallwatt.contract.config.InvalidInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule files that want to break their reader: each is refused in time, with a place and a sentence, by nothing but {@link InvalidInput}. */
class HostileRulesTest {
    private static final Duration IN_TIME = Duration.ofSeconds(2);
    private static final String WATTS = "hallwatt_rack_power_watts";

    private static Stream<Arguments> refused() {
        return Stream.of(
                // YAML itself.
                file("laughs", "a: &a [x, x]\nb: &b [*a, *a]\ngroups: [*b]", "an anchor (&a) is not allowed"),
                file("alias", "groups: [*a]", "an alias (*a) is not allowed"),
                file("tag", "groups: !!java.net.URL [x]", "a tag (!!java.net.URL) is not allowed"),
                file("duplicate", "groups: []\ngroups: []", "key \"groups\" stands here and at line 1"),
                file("deep", "groups: " + "[".repeat(10_000), "nested deeper than 32"),
                file("large", "# " + "x".repeat(20_000_000), "characters long; at most"),
                file("binary", "groups: \u0000", "no YAML"),
                file("two", "groups: []\n---\ngroups: []", "more than one document"),
                // Expressions.
                rule("parentheses", "(".repeat(10_000) + "1", "nested deeper than 64"),
                rule("long", WATTS + " > 1" + " ".repeat(20_000) + "x", "an expression of 20,"),
                rule("beyond double", WATTS + " > 1e999", "\"1e999\" is larger than any number here"),
                rule("many digits", WATTS + " > " + "9".repeat(15_000), "is no number"),
                rule("digits and a letter", WATTS + " > " + "9".repeat(15_000) + "x", "is no number"),
                rule("durations", WATTS + " > " + "1s".repeat(7_500), "is no number"),
                rule("regex parentheses", matcher("(".repeat(7_000) + ")".repeat(7_000)), "no regular expression"),
                rule("regex repeats", matcher("((a{100}){100}){100}"), "no regular expression"),
                rule("regex length", matcher("a".repeat(4_097)), "4,097 characters, at most 4,096"),
                rule("regex repeat", matcher("a{100000}"), "no regular expression"),
                // Templates.
                text("parentheses", "{{ " + "(".repeat(16_000) + "$value", "nested deeper than 32"),
                text("calls", "{{ " + "toUpper (".repeat(1_500) + "$value", "nested deeper than 32"),
                text("number", "{{ printf \"%f\" " + "9".repeat(16_000) + " }}", "is no number"),
                text("dots", "{{ 1" + ".".repeat(16_000) + " }}", "is no number"),
                text("long", "x".repeat(16_385), "a text of 16,385 characters"),
                // Numbers and durations.
                key("clear", "clear: 1e999", "clear"),
                key("for", "for: 99999999999w", "for"),
                key("max_gap", "max_gap: -1s", "max_gap"),
                key("coverage", "min_coverage: .nan", "min_coverage"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String name, String file, String sentence) {
        List<String> faults = assertTimeoutPreemptively(IN_TIME, () -> faults(file));

        assertThat(faults)
                .anySatisfy(fault -> assertThat(fault)
                        .matches("(?s)hostile.yaml:\\d+:\\d+: .*")
                        .contains(sentence)
                        .hasSizeLessThan(1_000));
    }

    @Test
    void a_regular_expression_that_backtracks_elsewhere_takes_linear_time() {
        String file = rule(WATTS + "{rack=~\"(a+)+$\"} > 1", "");

        assertTimeoutPreemptively(IN_TIME, () -> assertThat(faults(file)).isEmpty());
        assertTimeoutPreemptively(
                IN_TIME,
                () -> assertThat(Template.parse("{{ reReplaceAll \"(a+)+$\" \"b\" $labels.rack }}")
                                .expand(Map.of("rack", "a".repeat(16_000) + "!"), 1))
                        .endsWith("a!"));
    }

    @Test
    void a_text_that_grows_without_end_is_cut_off_where_it_is_expanded() {
        String doubled = "reReplaceAll \".\" \"$0$0\" (".repeat(30) + "\"x\"" + ")".repeat(30);

        String expanded = assertTimeoutPreemptively(
                IN_TIME, () -> Template.parse("{{ " + doubled + " }}").expand(Map.of(), 1));

        assertThat(expanded).startsWith("<error expanding template: ").contains("longer than");
    }

    private static List<String> faults(String file) {
        try {
            RuleSet.read("hostile.yaml", file);
            return List.of();
        } catch (InvalidInput e) {
            return e.faults();
        }
    }

    private static Arguments file(String name, String file, String sentence) {
        return Arguments.of("file: " + name, file, sentence);
    }

    private static Arguments rule(String name, String expr, String sentence) {
        return Arguments.of("expr: " + name, rule(expr, ""), sentence);
    }

    private static Arguments text(String name, String text, String sentence) {
        return Arguments.of("text: " + name, rule(WATTS + " > 1", "annotations: {a: '" + text + "'}"), sentence);
    }

    private static Arguments key(String name, String line, String sentence) {
        return Arguments.of("key: " + name, rule(WATTS + " > 1", line), sentence);
    }

    private static String rule(String expr, String line) {
        return "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: '%s'\n    %s\n".formatted(expr, line);
    }

    private static String matcher(String pattern) {
        return WATTS + "{rack=~\"" + pattern + "\"} > 1";
    }
}
