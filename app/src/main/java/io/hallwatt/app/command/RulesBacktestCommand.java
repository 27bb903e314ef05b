package io.hallwatt.app.command;

import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.backtest.Backtest;
import io.hallwatt.alerting.backtest.Difference;
import io.hallwatt.alerting.backtest.RuleFigures;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.history.Episode;
import io.hallwatt.alerting.history.Episodes;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.config.StageConfig;
import io.hallwatt.app.past.Log;
import io.hallwatt.app.past.Past;
import io.hallwatt.app.past.Windows;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.terminal.AlertPlace;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.wire.Codecs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hallwatt rules backtest}. */
@Command(
        name = "backtest",
        description = {
            "What rules would have done over the windows that are still kept, by the",
            "engine that runs live. With --against-log, exits with 1 where the live log",
            "says otherwise."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RulesBacktestCommand implements Callable<Integer> {
    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Alert rules in place of those that come with hallwatt; may be repeated.")
    private List<Path> rules = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Compare with what these rules would have done; may be repeated.")
    private List<Path> against = new ArrayList<>();

    @Option(names = "--against-log", description = "Compare with what was told live.")
    private boolean againstLog;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = InstantText.class,
            description = "Only windows that start then or later.")
    private Instant from = Instant.MIN;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = InstantText.class,
            description = "Only windows that end then or before.")
    private Instant to = Instant.MAX;

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Mixin
    private PastOptions options = new PastOptions();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() {
        if (!against.isEmpty() && againstLog) {
            throw new InvalidInput("--against and --against-log: compare with one of them at a time.");
        }
        RuleSet set = read(rules);
        RuleSet otherSet = against.isEmpty() ? null : read(against);
        Backtest backtest = new Backtest(set);
        Backtest other = otherSet == null ? null : new Backtest(otherSet);
        List<AlertTransition> log = new ArrayList<>();
        try (Past past = options.open(kafka)) {
            run(backtest, set, past);
            if (other != null && otherSet != null) {
                run(other, otherSet, past);
            }
            if (againstLog) {
                Log.each(past, log::add);
            }
        }
        if (backtest.windows() == 0) {
            throw new InvalidInput(
                    "No window lies between --from and --to: there is nothing to test the rules over. Topics of 1 s keep 6 hours.");
        }
        Result result = new Result(
                backtest,
                other == null && !againstLog
                        ? List.of()
                        : Difference.between(
                                backtest.episodes(),
                                other == null ? episodes(within(log, backtest)) : other.episodes()),
                againstLog ? Unlike.of(backtest.transitions(), Backtest.inOrder(within(log, backtest))) : null);
        Terminal terminal = kafka.hallwatt().terminal();
        if (json) {
            terminal.out().println(SummaryJson.write(result.document()));
        } else {
            result.show(terminal);
        }
        return result.unlike() == null || result.unlike().none() ? 0 : Hallwatt.DOES_NOT_HOLD;
    }

    /** Damped as the stage is that runs with the same configuration. */
    private RuleSet read(List<Path> files) {
        RuleSet set = files.isEmpty() ? RuleSet.defaults() : StageOptions.read(files);
        return set.damped(new StageConfig(kafka.file(), kafka.hallwatt().environment(), Map.of())
                .of("alerting", AlertingConfig.DEFAULTS)
                .flapDamping());
    }

    private void run(Backtest backtest, RuleSet set, Past past) {
        Windows.each(past, set, sight -> {
            if (within(sight)) {
                backtest.see(sight);
            }
        });
    }

    private boolean within(Sight sight) {
        return !sight.window().start().isBefore(from) && !sight.window().end().isAfter(to);
    }

    /** What was told of the same time. */
    private static List<AlertTransition> within(List<AlertTransition> log, Backtest backtest) {
        return log.stream()
                .filter(transition -> transition.at().isAfter(backtest.first())
                        && !transition.at().isAfter(backtest.last()))
                .toList();
    }

    private static List<Episode> episodes(List<AlertTransition> log) {
        Episodes episodes = new Episodes();
        log.forEach(episodes::add);
        return episodes.all();
    }

    /** Transitions that one side has and the other has not. */
    private record Unlike(List<AlertTransition> onlyHere, List<AlertTransition> onlyInLog) {
        static Unlike of(List<AlertTransition> here, List<AlertTransition> log) {
            Set<AlertTransition> a = new LinkedHashSet<>(here);
            Set<AlertTransition> b = new LinkedHashSet<>(log);
            List<AlertTransition> onlyHere =
                    a.stream().filter(transition -> !b.contains(transition)).toList();
            List<AlertTransition> onlyInLog =
                    b.stream().filter(transition -> !a.contains(transition)).toList();
            return new Unlike(onlyHere, onlyInLog);
        }

        boolean none() {
            return onlyHere.isEmpty() && onlyInLog.isEmpty();
        }
    }

    /** What came of it. */
    private record Result(
            Backtest backtest,
            List<Difference> differences,
            @Nullable Unlike unlike) {
        void show(Terminal terminal) {
            terminal.out()
                    .println("%,d windows from %s to %s (%s)"
                            .formatted(
                                    backtest.windows(),
                                    backtest.first(),
                                    backtest.last(),
                                    Durations.format(backtest.span())));
            terminal.out()
                    .println(terminal.faint(
                            figures("alert", "fired", "firing", "longest", "flaps", "a week", "not fired")));
            for (RuleFigures rule : backtest.figures()) {
                terminal.out()
                        .println(figures(
                                rule.alert(),
                                rule.fired(),
                                Durations.format(rule.firing()),
                                Durations.format(rule.longest()),
                                rule.flaps(),
                                String.format(Locale.ROOT, "%.1f", rule.perWeek()),
                                rule.unfired()));
            }
            terminal.out().println();
            backtest.transitions().forEach(transition -> terminal.out().println(line(transition)));
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
                unlike.onlyHere().forEach(transition -> terminal.out().println("not in the log  " + line(transition)));
                unlike.onlyInLog().forEach(transition -> terminal.out().println("only in the log " + line(transition)));
                if (unlike.none()) {
                    terminal.out()
                            .println(terminal.green("the live log is the same: %,d transitions"
                                    .formatted(backtest.transitions().size())));
                }
            }
        }

        private static String figures(Object... cells) {
            return "%-32s %7s %10s %10s %6s %8s %10s".formatted(cells);
        }

        private static String sentence(Difference difference) {
            int more = difference.here() - difference.there();
            String times = more == 0
                    ? "as often, at other times"
                    : "%d %s %s"
                            .formatted(
                                    Math.abs(more), Math.abs(more) == 1 ? "time" : "times", more > 0 ? "more" : "less");
            return "%s fired %d ×, in place of %d ×: %s"
                    .formatted(difference.alert(), difference.here(), difference.there(), times);
        }

        private static String line(AlertTransition transition) {
            return "%-24s  %-28s  %-16s  %s → %s%s"
                    .formatted(
                            transition.at(),
                            transition.rule(),
                            AlertPlace.of(transition.labels()),
                            word(transition.from()),
                            word(transition.to()),
                            transition.value() == null ? "" : "  " + transition.value());
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
            document.put("windows", backtest.windows());
            document.put("from", backtest.first().toString());
            document.put("to", backtest.last().toString());
            document.put(
                    "rules", backtest.figures().stream().map(Result::figures).toList());
            document.put("transitions", raw(backtest.transitions()));
            document.put(
                    "differences", differences.stream().map(Result::difference).toList());
            if (unlike != null) {
                document.put("notInLog", raw(unlike.onlyHere()));
                document.put("onlyInLog", raw(unlike.onlyInLog()));
            }
            return document;
        }

        private static Map<String, Object> figures(RuleFigures rule) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("alert", rule.alert());
            document.put("fired", rule.fired());
            document.put("notFired", rule.unfired());
            document.put("firingSeconds", rule.firing().toSeconds());
            document.put("longestSeconds", rule.longest().toSeconds());
            document.put("flaps", rule.flaps());
            document.put("perWeek", rule.perWeek());
            return document;
        }

        private static Map<String, Object> difference(Difference difference) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("alert", difference.alert());
            document.put("fired", difference.here());
            document.put("firedThere", difference.there());
            document.put(
                    "onlyHere", difference.onlyHere().stream().map(Result::line).toList());
            document.put(
                    "onlyThere",
                    difference.onlyThere().stream().map(Result::line).toList());
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
}
