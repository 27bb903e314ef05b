package io.hallwatt.app.command;

import io.hallwatt.alerting.backtest.Backtest;
import io.hallwatt.alerting.backtest.Difference;
import io.hallwatt.alerting.backtest.LogDifference;
import io.hallwatt.alerting.evaluate.Inventory;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.history.Episode;
import io.hallwatt.alerting.history.Episodes;
import io.hallwatt.alerting.maintenance.Maintenance;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.past.Log;
import io.hallwatt.app.past.Past;
import io.hallwatt.app.past.Windows;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.config.InvalidInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hallwatt rules backtest}. */
@Command(
        name = "backtest",
        description = {
            "Say what rules would have done over the windows still kept.",
            "By the engine that runs live. With --against-log, exits with 1 where the live log says otherwise."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RulesBacktestCommand implements Callable<Integer> {
    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            split = ",",
            description = "Compare with what these rules would have done; may be repeated.")
    private List<String> against = new ArrayList<>();

    @Option(names = "--against-log", description = "Compare with what was told live, transition by transition.")
    private boolean againstLog;

    @Option(names = "--all", description = "List also what would have been over before it fired; --json always has it.")
    private boolean all;

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

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private PastOptions options = new PastOptions();

    @Override
    public Integer call() {
        if (!against.isEmpty() && againstLog) {
            throw new InvalidInput("--against and --against-log: compare with one of them at a time.");
        }
        RuleSet asRead = rules.read(options);
        Maintenance planned = asRead.maintenance();
        Maintenance local = model.local(planned);
        RuleSet set = asRead.with(local);
        RuleSet otherSet =
                against.isEmpty() ? null : rules.read(against, options).with(local);
        Inventory inventory = model.inventory();
        Backtest backtest = new Backtest(set, inventory);
        Backtest other = otherSet == null ? null : new Backtest(otherSet, inventory);
        List<AlertTransition> log = new ArrayList<>();
        try (Past past = againstLog ? options.openAsEvaluated() : options.open()) {
            run(backtest, set, planned, past);
            if (other != null && otherSet != null) {
                run(other, otherSet, planned, past);
            }
            if (againstLog) {
                Log.each(past, log::add);
            }
        }
        if (backtest.looked().isEmpty()) {
            throw new InvalidInput(
                    set.rules().isEmpty()
                            ? "There are no rules to test. Give a group of the file some, or name another with --rules."
                            : "No window lies between --from and --to: there is nothing to test the rules over. Topics of 1 s keep 6 hours.");
        }
        List<AlertTransition> told = log.stream().filter(backtest::covers).toList();
        BacktestReport report = new BacktestReport(
                backtest,
                other == null && !againstLog
                        ? List.of()
                        : Difference.between(backtest.episodes(), other == null ? episodes(told) : other.episodes()),
                againstLog ? LogDifference.between(backtest.transitions(), Backtest.inOrder(told)) : null);
        if (options.json()) {
            options.print(report.document());
        } else {
            report.show(options.terminal(), all);
        }
        return report.agrees() ? 0 : Hallwatt.DOES_NOT_HOLD;
    }

    private void run(Backtest backtest, RuleSet set, Maintenance planned, Past past) {
        Windows.each(past, set, sight -> {
            if (within(sight)) {
                model.checkClock(planned, sight.site());
                backtest.see(sight);
            }
        });
        backtest.end();
    }

    private boolean within(Sight sight) {
        return !sight.window().start().isBefore(from) && !sight.window().end().isAfter(to);
    }

    private static List<Episode> episodes(List<AlertTransition> log) {
        Episodes episodes = new Episodes();
        log.forEach(episodes::add);
        return episodes.all();
    }
}
