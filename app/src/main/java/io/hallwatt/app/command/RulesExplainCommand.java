package io.hallwatt.app.command;

import io.hallwatt.alerting.evaluate.Probe;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.evaluate.Term;
import io.hallwatt.alerting.explain.Explanation;
import io.hallwatt.alerting.history.Episode;
import io.hallwatt.alerting.history.Episodes;
import io.hallwatt.alerting.maintenance.Maintenance;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.past.Log;
import io.hallwatt.app.past.Past;
import io.hallwatt.app.past.Windows;
import io.hallwatt.app.terminal.AlertPlace;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.Nearest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hallwatt rules explain}. */
@Command(
        name = "explain",
        description = {
            "Say why a rule's alerts fire now, or do not.",
            "What the newest window says, what was told last, and what it takes to change that."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RulesExplainCommand implements Callable<Integer> {
    /** Of a rule over thousands of racks, who asks wants those that are not well. */
    private static final int MOST = 20;

    /** Windows of an hour, and a stage that lags, are within. */
    private static final Duration RECENT = Duration.ofMinutes(20);

    private final InstantSource clock = InstantSource.system();

    @Parameters(paramLabel = "RULE", description = "The alert's name.")
    private String name = "";

    @Option(names = "--hall", paramLabel = "ID", description = "Only that hall.")
    private @Nullable String hall;

    @Option(names = "--rack", paramLabel = "ID", description = "Only that rack.")
    private @Nullable String rack;

    @Mixin
    private RuleOptions files = new RuleOptions();

    @Option(
            names = "--metrics-url",
            paramLabel = "URL",
            converter = HttpText.class,
            description =
                    "The page of metrics of the running alerting stage: explain the rules that it runs, or say in what those of --rules differ from them.")
    private @Nullable URI metrics;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private PastOptions options = new PastOptions();

    @Override
    public Integer call() {
        RunningRules running = metrics == null ? null : RunningRules.ask(metrics);
        RuleSet set = running != null && !files.named() ? running.rules() : files.read(options);
        Maintenance planned = set.maintenance();
        Maintenance local = model.local(planned);
        List<Explanation> explanations = new ArrayList<>();
        Surroundings surroundings = new Surroundings(name, hall, rack);
        try (Past past = options.open()) {
            Episodes episodes = new Episodes();
            Log.each(past, episodes::add);
            Map<String, Episode> open = new HashMap<>();
            episodes.all().stream()
                    .filter(episode -> episode.ended() == null)
                    .forEach(episode -> open.put(episode.fingerprint(), episode));
            boolean told =
                    episodes.all().stream().anyMatch(episode -> episode.rule().equals(name));
            for (Rule rule : named(set, told)) {
                explanations.addAll(explain(rule, planned, local, past, open, surroundings));
            }
        }
        if (explanations.isEmpty()) {
            throw new InvalidInput(surroundings.nowhere());
        }
        Provenance provenance = Provenance.of(name, files, set, running);
        if (options.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("rule", name);
            document.put("rules", provenance.document());
            document.put(
                    "explanations",
                    explanations.stream().map(RulesExplainCommand::document).toList());
            options.print(document);
        } else {
            provenance.sentences().forEach(options.terminal().out()::println);
            options.terminal().out().println();
            show(explanations, clock.instant(), options.terminal());
        }
        return 0;
    }

    /** @param told whether the log has alerts of that name */
    private List<Rule> named(RuleSet set, boolean told) {
        List<Rule> named =
                set.rules().stream().filter(rule -> rule.alert().equals(name)).toList();
        if (named.isEmpty()) {
            throw new InvalidInput(
                    "No rule is called %s%s %sName the rule files that run with --rules, or ask the stage for them with --metrics-url."
                            .formatted(
                                    name,
                                    Nearest.ending(
                                            name,
                                            set.rules().stream()
                                                    .map(Rule::alert)
                                                    .toList()),
                                    told
                                            ? "The log has alerts of that name, so the stage runs other rules than these. "
                                            : ""));
        }
        return named;
    }

    /**
     * Of the newest window of each row.
     *
     * @param planned as it was given
     * @param local   by the site's clock
     */
    private List<Explanation> explain(
            Rule rule,
            Maintenance planned,
            Maintenance local,
            Past past,
            Map<String, Episode> open,
            Surroundings surroundings) {
        Probe probe = new Probe(rule, model.inventory());
        Map<String, Sight> newest = new LinkedHashMap<>();
        Instant from = clock.instant().minus(probe.reach()).minus(RECENT);
        Windows.since(from, past, new RuleSet(List.of(rule)), sight -> {
            surroundings.at(sight);
            model.checkClock(planned, sight.site());
            if (hall == null || sight.hall().equals(hall)) {
                probe.pass(sight);
                newest.merge(sight.row(), sight, RulesExplainCommand::later);
            }
        });
        return newest.values().stream()
                .flatMap(sight -> of(rule, local, probe, sight, open).stream())
                .toList();
    }

    /** One that was published again is as good as it is now, and no later for that. */
    private static Sight later(Sight known, Sight next) {
        return next.window().end().isBefore(known.window().end()) ? known : next;
    }

    private List<Explanation> of(Rule rule, Maintenance planned, Probe probe, Sight sight, Map<String, Episode> open) {
        return probe.look(sight).stream()
                .filter(element ->
                        rack == null || rack.equals(element.alert().key().rack()))
                .map(element -> new Explanation(
                        rule,
                        element,
                        sight.window(),
                        open.get(element.alert().fingerprint()),
                        planned.during(element.alert().labels(), sight.window().end())
                                .orElse(null)))
                .toList();
    }

    private void show(List<Explanation> all, Instant now, Terminal terminal) {
        List<Explanation> unwell =
                all.stream().filter(RulesExplainCommand::unwell).toList();
        List<Explanation> shown =
                all.size() <= MOST ? all : unwell.stream().limit(MOST).toList();
        for (Explanation explanation : shown) {
            String state = explanation.state().name().toLowerCase(Locale.ROOT);
            terminal.out()
                    .println("%s  %s  %s"
                            .formatted(
                                    terminal.bold(explanation.rule().alert()),
                                    AlertPlace.of(explanation.element().alert().labels()),
                                    switch (explanation.state()) {
                                        case FIRING -> terminal.red(state);
                                        case PENDING, UNKNOWN, SUPPRESSED -> terminal.yellow(state);
                                        case INACTIVE -> terminal.green(state);
                                    }));
            terminal.out().println("  " + explanation.why());
            explanation.doubt().ifPresent(doubt -> terminal.out().println("  " + terminal.yellow(doubt)));
            explanation.facts(now).forEach(fact -> terminal.out().println("  " + terminal.faint(fact)));
            terminal.out().println();
        }
        if (shown.size() < all.size()) {
            terminal.out()
                    .println("%s are %s; see one with --hall and --rack."
                            .formatted(
                                    shown.isEmpty()
                                            ? String.format(Locale.ROOT, "All %,d", all.size())
                                            : String.format(Locale.ROOT, "%,d more", all.size() - shown.size()),
                                    unwell.size() > shown.size() ? "not shown" : "inactive and clear"));
        }
    }

    private static boolean unwell(Explanation explanation) {
        return explanation.episode() != null
                || switch (explanation.element().verdict()) {
                    case BREACH, BETWEEN, MISSING -> true;
                    case CLEAR, GONE, NOTHING -> false;
                };
    }

    private static Map<String, Object> document(Explanation explanation) {
        Map<String, Object> document = new LinkedHashMap<>();
        Probe.Element element = explanation.element();
        Episode episode = explanation.episode();
        document.put("labels", element.alert().labels());
        document.put("state", explanation.state().name().toLowerCase(Locale.ROOT));
        document.put("since", episode == null ? null : episode.began().toString());
        document.put("firingSince", text(episode == null ? null : episode.firedAt()));
        document.put("windowEnd", explanation.window().end().toString());
        document.put("verdict", element.verdict().name().toLowerCase(Locale.ROOT));
        document.put("value", known(element.value()));
        Map<String, Object> operands = new LinkedHashMap<>();
        element.operands().forEach((metric, value) -> operands.put(metric, known(value)));
        document.put("operands", operands);
        document.put(
                "ranges",
                element.term().ranges().stream()
                        .map(RulesExplainCommand::range)
                        .distinct()
                        .toList());
        document.put("endsWhenNot", explanation.ending() == null ? null : Explanation.text(explanation.ending()));
        document.put("toGo", known(explanation.toGo().orElse(Double.NaN)));
        document.put("coverage", element.coverage());
        document.put("plannedWork", explanation.planned());
        document.put("why", explanation.why());
        document.put("doubt", explanation.doubt().orElse(null));
        return document;
    }

    private static Map<String, Object> range(Term term) {
        Term.Basis basis = Objects.requireNonNull(term.basis(), "of a range");
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("expr", term.formula().text());
        document.put("value", known(term.value()));
        document.put("windows", basis.windows());
        document.put("windowsExpected", basis.expected());
        document.put("from", basis.from().toString());
        document.put("to", basis.to().toString());
        return document;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
