package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Swings;
import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.catalogue.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stranger reads at night of each default rule: what, where, how much, what first, and where to read on. */
class DefaultRuleTextsTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Set<String> NO_PLACE = Set.of("alertname", "severity", "blind");
    private static final Pattern HOW_MUCH = Pattern.compile(
            "\\d(%| ?[kMGm]?W\\b| ?[kMGm]? ?L\\b| K\\b| °C| s\\b|( of the)? racks\\b|( of the)? cooling units\\b)");

    /** They are of a state, and of a value that is missing: there is nothing to measure. */
    private static final Set<String> UNMEASURED =
            Set.of("CoolingUnitFailed", "SupplySilent", "RackSilent", "RackFeedLost");

    static Stream<Rule> rules() {
        return RuleSet.defaults().rules().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void its_texts_say_where_how_much_what_first_and_where_to_read_on(Rule rule) {
        AlertKey key = new AlertKey(rule.identity(), rule.condition().scope(), row(rule), rack(rule), key(rule), false);
        AlertTexts texts = new AlertTexts(rule);

        SortedMap<String, String> places = places(texts, key);
        SortedMap<String, String> annotations = texts.annotations(key, 0.875);

        assertThat(annotations.values())
                .allSatisfy(text ->
                        assertThat(text).isNotBlank().doesNotContain("{{", "}}", "error expanding", "<no value>"));
        assertThat(annotations.get("summary")).contains(places.values()).hasSizeLessThan(160);
        if (!(rule.condition() instanceof Condition.Always) && !UNMEASURED.contains(rule.alert())) {
            assertThat(annotations.get("summary")).containsPattern(HOW_MUCH);
        }
        assertThat(annotations.get("description")).contains("First, ");
        assertThat(annotations.get("action")).isNotBlank();
        assertThat(REPOSITORY.resolve(String.valueOf(annotations.get("runbook_url"))))
                .isRegularFile();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void an_alert_on_not_seeing_says_which_rule_where_what_first_and_where_to_read_on(Rule rule) {
        AlertKey key = new AlertKey(rule.identity(), rule.condition().scope(), row(rule), rack(rule), key(rule), true);
        AlertTexts texts = new AlertTexts(rule);

        SortedMap<String, String> annotations = texts.annotations(key, Double.NaN);

        assertThat(annotations.get("summary"))
                .startsWith(rule.alert())
                .contains(places(texts, key).values());
        assertThat(annotations.get("description")).contains(rule.alert(), "First, ");
        assertThat(annotations.get("action")).isNotBlank();
        assertThat(REPOSITORY.resolve(String.valueOf(annotations.get("runbook_url"))))
                .isRegularFile();
    }

    /** Labels that say where, each with a value that no text has by chance. */
    private static SortedMap<String, String> places(AlertTexts texts, AlertKey key) {
        SortedMap<String, String> labels =
                new TreeMap<>(texts.alert(key, Standing.INACTIVE, Swings.NONE).labels());
        labels.keySet().removeAll(NO_PLACE);
        labels.values().removeIf("hallwatt"::equals);
        assertThat(labels).containsEntry("site", "s9");
        return labels;
    }

    private static String row(Rule rule) {
        return rule.condition().scope() == Scope.SITE ? "s9" : "s9/h77";
    }

    private static String rack(Rule rule) {
        return rule.condition().scope() == Scope.RACK ? "r042" : "";
    }

    private static String key(Rule rule) {
        List<Dimension> dimensions = switch (rule.condition()) {
            case Condition.Watched watched -> watched.watched().dimensions();
            case Condition.Computed computed -> computed.formula().dimensions();
            case Condition.Absence absence -> List.of();
            case Condition.Always always -> List.of();
        };
        return dimensions.stream().map(dimension -> dimension.label() + "-x7").collect(Collectors.joining("/"));
    }
}
