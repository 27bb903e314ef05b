package io.hallwatt.app.command;

import io.hallwatt.alerting.explain.RuleDifference;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rules an explanation is of, and whether they are those that judge.
 *
 * @param from    {@code running}, {@code files} or {@code defaults}
 * @param files   names; none of the rules that come with hallwatt
 * @param running the stage's own, where it was asked
 * @param differs keys in which the rule differs from the one that runs; absent where that is not known
 */
record Provenance(
        String from,
        List<String> files,
        @Nullable RunningRules running,
        @Nullable List<String> differs) {
    Provenance {
        files = List.copyOf(files);
    }

    /** @param set that is explained */
    static Provenance of(String name, RuleOptions options, RuleSet set, @Nullable RunningRules running) {
        if (running != null && !options.named()) {
            return new Provenance("running", running.files(), running, List.of());
        }
        return new Provenance(
                options.named() ? "files" : "defaults",
                options.files(),
                running,
                running == null ? null : differences(named(name, set), named(name, running.rules())));
    }

    private static List<Rule> named(String name, RuleSet set) {
        return set.rules().stream().filter(rule -> rule.alert().equals(name)).toList();
    }

    /** Of rules with one name, each with the one that stands at its place. */
    private static List<String> differences(List<Rule> these, List<Rule> those) {
        if (these.size() != those.size()) {
            return List.of("rules");
        }
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < these.size(); i++) {
            RuleDifference.of(these.get(i), those.get(i)).stream()
                    .filter(key -> !keys.contains(key))
                    .forEach(keys::add);
        }
        return keys;
    }

    /** For people. */
    List<String> sentences() {
        if (from.equals("running") && running != null) {
            return List.of("Explained are the rules that run since %s (%s), as %s tells them."
                    .formatted(running.since(), String.join(", ", files), running.page()));
        }
        String which = from.equals("files")
                ? "Explained are the rules of %s as they stand there now.".formatted(String.join(", ", files))
                : "Explained are the rules that come with hallwatt.";
        if (running == null || differs == null) {
            return List.of(
                    which
                            + " Whether the stage runs them is not known: ask it with --metrics-url, or name those it runs with --rules.");
        }
        return List.of(
                which,
                differs.isEmpty()
                        ? "The stage runs the same (%s).".formatted(running.page())
                        : differs.equals(List.of("rules"))
                                ? "The stage does not run them: it has other rules of that name, or none (%s). What was told came of those."
                                        .formatted(running.page())
                                : "The stage runs the rule otherwise, in %s (%s). What was told came of that."
                                        .formatted(String.join(", ", differs), running.page()));
    }

    /** For programs. */
    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("from", from);
        document.put("files", files);
        document.put("runningSince", running == null ? null : running.since());
        document.put("differsIn", differs);
        return document;
    }
}
