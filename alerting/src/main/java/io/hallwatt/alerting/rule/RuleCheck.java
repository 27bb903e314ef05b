package io.hallwatt.alerting.rule;

import io.hallwatt.contract.config.Faults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of reading some rule files as one set.
 *
 * @param rules    those that could be read, in their files' order
 * @param faults   for which the set may not run, {@code file:line:column: alert: key: what, remedy} each, in the files' order
 * @param warnings what may run and is hardly meant, in the same form
 */
public record RuleCheck(List<Rule> rules, List<String> faults, List<String> warnings) {
    public RuleCheck {
        rules = List.copyOf(rules);
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }

    /** One file and what was found in it. */
    private record Looked(RuleFile file, Faults faults, Faults warnings) {}

    /** @param texts whole files by their names, in order */
    public static RuleCheck of(Map<String, String> texts) {
        List<Looked> files = new ArrayList<>();
        Map<String, String> fileOfRule = new HashMap<>();
        List<Rule> rules = new ArrayList<>();
        texts.forEach((name, text) -> {
            Faults faults = new Faults(name);
            Faults warnings = new Faults(name);
            RuleFile file = new RuleFile(text, faults, warnings);
            for (RuleFile.Read read : file.rules()) {
                Rule rule = read.rule();
                String other = fileOfRule.putIfAbsent(rule.identity(), name);
                if (other != null && !other.equals(name)) {
                    read.section()
                            .fault(
                                    "alert",
                                    "stands in %s too, with the same labels: their alerts could not be told apart; rename one, or give it a label of its own",
                                    other);
                }
                rules.add(rule);
            }
            files.add(new Looked(file, faults, warnings));
        });
        Set<String> names = new HashSet<>();
        files.forEach(looked -> names.addAll(looked.file().names()));
        ParentCheck parents = new ParentCheck(rules, names);
        files.forEach(looked -> looked.file().check(parents));
        return new RuleCheck(
                rules,
                files.stream()
                        .flatMap(looked -> looked.faults().shown().stream())
                        .toList(),
                files.stream()
                        .flatMap(looked -> looked.warnings().shown().stream())
                        .toList());
    }
}
