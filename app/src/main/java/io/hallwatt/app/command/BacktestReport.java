package io.hallwatt.app.command;

import io.hallwatt.alerting.backtest.Backtest;
import io.hallwatt.alerting.backtest.Difference;
import io.hallwatt.alerting.backtest.LogDifference;
import io.hallwatt.alerting.backtest.Looked;
import io.hallwatt.alerting.backtest.RuleFigures;
import io.hallwatt.alerting.history.Episode;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.terminal.AlertPlace;
import io.hallwatt.app.terminal.AlertValues;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.wire.Codecs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of a back-test, for people and for programs.
 *
 * @param differences by name of alerts; none where nothing was compared with
 * @param unlike      what the live log has otherwise; absent where it was not compared with
 */
record BacktestReport(
        Backtest backtest,
        List<Difference> differences,
        @Nullable LogDifference unlike) {
    /** Holes that are told one by one; the rest are added up. */
    private static final int MOST_HOLES = 10;

    /** @param all whether transitions of what was over before it fired are listed too: mostly far more than the others */
    void show(Terminal terminal, boolean all) {
        for (Looked looked : backtest.looked()) {
            terminal.out().println(line(looked));
            holes(looked, terminal);
        }
        terminal.out().println();
        terminal.out()
                .println(terminal.faint(
                        figures("alert", "fired", "firing", "longest", "flaps", "a week", "not fired", "planned")));
        for (RuleFigures rule : backtest.figures()) {
            terminal.out()
                    .println(figures(
                            rule.alert(),
                            rule.fired(),
                            Durations.format(rule.firing()),
                            Durations.format(rule.longest()),
                            rule.flaps(),
                            rule.perWeek() == null ? "-" : String.format(Locale.ROOT, "%.1f", rule.perWeek()),
                            rule.unfired(),
                            rule.planned()));
        }
        tooShort().ifPresent(sentence -> terminal.out().println(terminal.faint(sentence)));
        terminal.out().println();
        AlertValues values = new AlertValues(backtest.rules());
        List<AlertTransition> transitions = all ? backtest.transitions() : ofWhatFiredOrLasts();
        transitions.forEach(transition -> terminal.out().println(line(transition, values)));
        int more = backtest.transitions().size() - transitions.size();
        if (more > 0) {
            terminal.out()
                    .println(terminal.faint("%,d more are of alerts that were over before they fired; --all shows them."
                            .formatted(more)));
        }
        for (Difference difference : differences) {
            if (!difference.none()) {
                terminal.out().println();
                terminal.out().println(sentence(difference));
                difference.onlyHere().forEach(episode -> terminal.out().println("  only here   " + line(episode)));
                difference.onlyThere().forEach(episode -> terminal.out().println("  only there  " + line(episode)));
            }
        }
        if (unlike != null) {
            terminal.out().println();
            show(unlike, values, terminal);
        }
    }

    private List<AlertTransition> ofWhatFiredOrLasts() {
        Set<Map.Entry<String, Instant>> over = backtest.episodes().stream()
                .filter(episode -> !episode.fired() && episode.ended() != null)
                .map(episode -> Map.entry(episode.fingerprint(), episode.began()))
                .collect(Collectors.toSet());
        return backtest.transitions().stream()
                .filter(transition -> !over.contains(Map.entry(transition.fingerprint(), transition.since())))
                .toList();
    }

    private void show(LogDifference unlike, AlertValues values, Terminal terminal) {
        unlike.onlyHere().forEach(transition -> terminal.out().println("not in the log  " + line(transition, values)));
        unlike.onlyInLog().forEach(transition -> terminal.out().println("only in the log " + line(transition, values)));
        for (LogDifference.Otherwise otherwise : unlike.otherwise()) {
            terminal.out().println("otherwise there " + line(otherwise.here(), values));
            otherwise
                    .fields()
                    .forEach(field -> terminal.out()
                            .println("                  %s: here %s, in the log %s"
                                    .formatted(field.name(), shown(field.here()), shown(field.inLog()))));
        }
        if (!unlike.unrecorded().isEmpty()) {
            terminal.out()
                    .println(terminal.faint(
                            "%,d notes on windows that were published again are not in the log: when the stage starts anew, or takes new rules, it does not know how it had judged such a window, and makes none."
                                    .formatted(unlike.unrecorded().size())));
        }
        int told = backtest.transitions().size() - unlike.unrecorded().size();
        terminal.out()
                .println(
                        unlike.none()
                                ? terminal.green("the live log is the same: %,d transitions".formatted(told))
                                : terminal.red(
                                        "the live log differs: %,d transitions are not in it, %,d only in it, %,d otherwise there"
                                                .formatted(
                                                        unlike.onlyHere().size(),
                                                        unlike.onlyInLog().size(),
                                                        unlike.otherwise().size())));
    }

    private static String shown(@Nullable String value) {
        return value == null ? "none" : '"' + value + '"';
    }

    /** The longest, in their order. */
    private static void holes(Looked looked, Terminal terminal) {
        List<Looked.Hole> longest = looked.holes().stream()
                .sorted(Comparator.comparing(Looked.Hole::length).reversed())
                .limit(MOST_HOLES)
                .sorted(Comparator.comparing(Looked.Hole::from))
                .toList();
        longest.forEach(hole -> terminal.out()
                .println("  no windows from %s to %s: %s, counted as no time"
                        .formatted(hole.from(), hole.to(), Durations.format(hole.length()))));
        int more = looked.holes().size() - longest.size();
        if (more > 0) {
            terminal.out().println("  %,d shorter holes".formatted(more));
        }
    }

    /** Whether the live log, if it was compared with, is the same. */
    boolean agrees() {
        return unlike == null || unlike.none();
    }

    /** Why no rate is given where none is. */
    private Optional<String> tooShort() {
        return backtest.figures().stream()
                .filter(rule -> rule.perWeek() == null)
                .map(RuleFigures::span)
                .max(Comparator.naturalOrder())
                .map(span ->
                        "a week: of %s nothing can be said; it takes %s of a rule's windows at least. Those of 1m are kept that long (window: 1m), those of 1s are not."
                                .formatted(Durations.format(span), Durations.format(RuleFigures.LEAST_SPAN)));
    }

    private static String line(Looked looked) {
        return "%,d windows of %s (%s), from %s to %s: %s"
                .formatted(
                        looked.windows(),
                        looked.resolution().text(),
                        looked.scope().text(),
                        looked.first(),
                        looked.last(),
                        Durations.format(looked.span()));
    }

    private static String figures(Object... cells) {
        return "%-30s %5s %9s %9s %5s %7s %9s %7s".formatted(cells);
    }

    private static String sentence(Difference difference) {
        int more = difference.here() - difference.there();
        String times = more == 0
                ? "as often, at other times"
                : "%d %s %s"
                        .formatted(Math.abs(more), Math.abs(more) == 1 ? "time" : "times", more > 0 ? "more" : "less");
        return "%s fired %d ×, in place of %d ×: %s"
                .formatted(difference.alert(), difference.here(), difference.there(), times);
    }

    private static String line(AlertTransition transition, AlertValues values) {
        return "%-24s  %-28s  %-16s  %s → %s%s"
                .formatted(
                        transition.at(),
                        transition.rule(),
                        AlertPlace.of(transition.labels()),
                        word(transition.from()),
                        word(transition.to()),
                        transition.value() == null ? "" : "  " + values.text(transition));
    }

    private static String line(Episode episode) {
        return "%s  %s  %s"
                .formatted(
                        episode.began(),
                        AlertPlace.of(episode.labels()),
                        episode.ended() == null
                                ? "and goes on"
                                : "for " + Durations.format(Duration.between(episode.began(), episode.ended())));
    }

    private static String word(AlertState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        List<Looked> looked = backtest.looked();
        document.put("windows", looked.stream().mapToLong(Looked::windows).sum());
        document.put(
                "from",
                looked.stream()
                        .map(Looked::first)
                        .min(Comparator.naturalOrder())
                        .orElseThrow()
                        .toString());
        document.put(
                "to",
                looked.stream()
                        .map(Looked::last)
                        .max(Comparator.naturalOrder())
                        .orElseThrow()
                        .toString());
        document.put("looked", looked.stream().map(BacktestReport::looked).toList());
        document.put(
                "rules",
                backtest.figures().stream().map(BacktestReport::figures).toList());
        document.put("transitions", raw(backtest.transitions()));
        document.put(
                "differences",
                differences.stream().map(BacktestReport::difference).toList());
        if (unlike != null) {
            document.put("notInLog", raw(unlike.onlyHere()));
            document.put("onlyInLog", raw(unlike.onlyInLog()));
            document.put(
                    "otherwiseInLog",
                    unlike.otherwise().stream().map(BacktestReport::otherwise).toList());
            document.put("notesNotInLog", raw(unlike.unrecorded()));
        }
        return document;
    }

    private static Map<String, Object> looked(Looked looked) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("scope", looked.scope().text());
        document.put("resolution", looked.resolution().text());
        document.put("windows", looked.windows());
        document.put("from", looked.first().toString());
        document.put("to", looked.last().toString());
        document.put(
                "holes",
                looked.holes().stream()
                        .map(hole -> Map.of(
                                "from", hole.from().toString(), "to", hole.to().toString()))
                        .toList());
        return document;
    }

    private static Map<String, Object> otherwise(LogDifference.Otherwise otherwise) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("here", raw(List.of(otherwise.here())).getFirst());
        document.put("inLog", raw(List.of(otherwise.inLog())).getFirst());
        document.put(
                "fields",
                otherwise.fields().stream().map(LogDifference.Field::name).toList());
        return document;
    }

    private static Map<String, Object> figures(RuleFigures rule) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("alert", rule.alert());
        document.put("fired", rule.fired());
        document.put("firedInPlannedWork", rule.planned());
        document.put("notFired", rule.unfired());
        document.put("firingSeconds", rule.firing().toSeconds());
        document.put("longestSeconds", rule.longest().toSeconds());
        document.put("flaps", rule.flaps());
        document.put("spanSeconds", rule.span().toSeconds());
        document.put("perWeek", rule.perWeek()); // null where the span is too short to tell
        return document;
    }

    private static Map<String, Object> difference(Difference difference) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("alert", difference.alert());
        document.put("fired", difference.here());
        document.put("firedThere", difference.there());
        document.put(
                "onlyHere",
                difference.onlyHere().stream().map(BacktestReport::line).toList());
        document.put(
                "onlyThere",
                difference.onlyThere().stream().map(BacktestReport::line).toList());
        return document;
    }

    /** As they lie on the topic. */
    private static List<Object> raw(List<AlertTransition> transitions) {
        List<Object> raw = new ArrayList<>();
        for (AlertTransition transition : transitions) {
            raw.add(SummaryJson.read(
                    "transition", new String(Codecs.ALERT_TRANSITION.write(transition), StandardCharsets.UTF_8)));
        }
        return raw;
    }
}
