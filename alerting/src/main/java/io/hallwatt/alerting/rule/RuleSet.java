package io.hallwatt.alerting.rule;

import io.hallwatt.contract.config.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules that run, in their files' order. */
public record RuleSet(List<Rule> rules) {
    /** What {@link #defaults} reads, for messages. */
    public static final String DEFAULT_FILE = "default.yaml";

    public RuleSet {
        rules = List.copyOf(rules);
    }

    /**
     * Reads one rule file.
     *
     * @param file its name, for messages
     * @param text the whole file
     * @throws io.hallwatt.contract.config.InvalidInput with all faults, {@code file:line:column: what, remedy} each
     */
    public static RuleSet read(String file, String text) {
        Faults faults = new Faults(file);
        List<Rule> rules = new RuleFile(text, faults).rules();
        faults.throwIfAny();
        return new RuleSet(rules);
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

    /**
     * Several files as one set.
     *
     * @throws io.hallwatt.contract.config.InvalidInput where two rules would keep their state under one identity
     */
    public RuleSet and(RuleSet other) {
        List<Rule> all = new ArrayList<>(rules);
        all.addAll(other.rules);
        Map<String, Rule> seen = new HashMap<>();
        Faults faults = new Faults("rules");
        for (Rule rule : all) {
            Rule twin = seen.put(rule.identity(), rule);
            faults.unless(
                    twin == null,
                    "%s stands twice in group \"%s\", with the same labels: rename one, or give it a label of its own",
                    rule.alert(),
                    rule.group());
        }
        faults.throwIfAny();
        return new RuleSet(all);
    }
}
