package io.hallwatt.alerting.rule;

import io.hallwatt.alerting.maintenance.Maintenance;
import io.hallwatt.alerting.state.FlapDamping;
import io.hallwatt.contract.config.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The rules that run, in their files' order, and the times at which nobody is told what they find.
 */
public record RuleSet(List<Rule> rules, Maintenance maintenance) {
    /** What {@link #defaults} reads, for messages. */
    public static final String DEFAULT_FILE = "default.yaml";

    public RuleSet {
        rules = List.copyOf(rules);
    }

    /** Without any planned work. */
    public RuleSet(List<Rule> rules) {
        this(rules, Maintenance.NONE);
    }

    /**
     * Reads one rule file.
     *
     * @param file its name, for messages
     * @param text the whole file
     * @throws InvalidInput with all faults, {@code file:line:column: what, remedy} each
     */
    public static RuleSet read(String file, String text) {
        return read(Map.of(file, text));
    }

    /**
     * Reads several rule files as one set.
     *
     * @param texts whole files by their names, in order
     * @throws InvalidInput with all faults of all files
     */
    public static RuleSet read(Map<String, String> texts) {
        RuleCheck check = RuleCheck.of(texts);
        if (!check.faults().isEmpty()) {
            throw new InvalidInput(check.faults());
        }
        return new RuleSet(check.rules());
    }

    /** What an author may want to know of rules that are good: a sentence each. */
    public List<String> notes() {
        List<String> lookingBack = rules.stream()
                .filter(rule -> !rule.judgesAnew())
                .map(Rule::alert)
                .distinct()
                .toList();
        return lookingBack.isEmpty()
                ? List.of()
                : List.of(
                        "a window that is published again is not judged again by rules with ranges (%s); others record what they would have judged otherwise"
                                .formatted(String.join(", ", lookingBack)));
    }

    /** The rules that come with Hallwatt. */
    public static RuleSet defaults() {
        return read(DEFAULT_FILE, defaultText());
    }

    /** The default rule file as it is delivered. */
    public static String defaultText() {
        try (InputStream file = RuleSet.class.getResourceAsStream("/io/hallwatt/alerting/rules/default.yaml")) {
            if (file == null) {
                throw new IllegalStateException("the default rules are not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same rules, damped as the stage says where they themselves say nothing. */
    public RuleSet damped(FlapDamping usual) {
        return new RuleSet(rules.stream().map(rule -> rule.damped(usual)).toList(), maintenance);
    }

    /** The same rules with this planned work. */
    public RuleSet with(Maintenance planned) {
        return new RuleSet(rules, planned);
    }
}
