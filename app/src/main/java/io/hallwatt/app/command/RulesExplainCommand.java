package io.hallwatt.app.command;

import io.hallwatt.alerting.evaluate.Probe;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.explain.Explanation;
import io.hallwatt.alerting.history.Episode;
import io.hallwatt.alerting.history.Episodes;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.app.past.Log;
import io.hallwatt.app.past.Past;
import io.hallwatt.app.past.Windows;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.terminal.AlertPlace;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.Nearest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            "Why a rule's alerts fire now, or do not: what the newest window says, what",
            "was told last, and what it takes to change that."
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

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Alert rules in place of those that come with hallwatt; may be repeated.")
    private List<Path> rules = new ArrayList<>();

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Mixin
    private PastOptions options = new PastOptions();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() {
        List<Explanation> explanations = new ArrayList<>();
        try (Past past = options.open(kafka)) {
            Episodes episodes = new Episodes();
            Log.each(past, episodes::add);
            Map<String, Episode> open = new HashMap<>();
            episodes.all().stream()
                    .filter(episode -> episode.ended() == null)
                    .forEach(episode -> open.put(episode.fingerprint(), episode));
            for (Rule rule : named()) {
                explanations.addAll(explain(rule, past, open));
            }
        }
        if (explanations.isEmpty()) {
            throw new InvalidInput(
                    "%s: no window%s is kept that it could look at. See whether aggregate runs, and --hall and --rack."
                            .formatted(name, hall == null ? "" : " of hall " + hall));
        }
        Terminal terminal = kafka.hallwatt().terminal();
        Instant now = clock.instant();
        if (json) {
            terminal.out()
                    .println(SummaryJson.write(Map.of(
                            "rule",
                            name,
                            "explanations",
                            explanations.stream()
                                    .map(RulesExplainCommand::document)
                                    .toList())));
        } else {
            show(explanations, now, terminal);
        }
        return 0;
    }

    private List<Rule> named() {
        RuleSet set = rules.isEmpty() ? RuleSet.defaults() : StageOptions.read(rules);
        List<Rule> named =
                set.rules().stream().filter(rule -> rule.alert().equals(name)).toList();
        if (named.isEmpty()) {
            throw new InvalidInput("No rule is called %s%s. Name the rule files that run with --rules."
                    .formatted(
                            name,
                            Nearest.hint(
                                    name, set.rules().stream().map(Rule::alert).toList())));
        }
        return named;
    }

    /** Of the newest window of each row. */
    private List<Explanation> explain(Rule rule, Past past, Map<String, Episode> open) {
        Probe probe = new Probe(rule);
        Map<String, List<Explanation>> newest = new LinkedHashMap<>();
        Instant from = clock.instant().minus(probe.reach()).minus(RECENT);
        Windows.since(from, past, new RuleSet(List.of(rule)), sight -> {
            if (hall == null || sight.hall().equals(hall)) {
                newest.put(sight.row(), of(rule, probe, sight, open));
            }
        });
        return newest.values().stream().flatMap(List::stream).toList();
    }

    private List<Explanation> of(Rule rule, Probe probe, Sight sight, Map<String, Episode> open) {
        return probe.see(sight).stream()
                .filter(element ->
                        rack == null || rack.equals(element.alert().key().rack()))
                .map(element -> new Explanation(
                        rule, element, sight.window(), open.get(element.alert().fingerprint())))
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
            explanation.facts(now).forEach(fact -> terminal.out().println("  " + terminal.faint(fact)));
            terminal.out().println();
        }
        if (shown.size() < all.size()) {
            terminal.out()
                    .println("%,d more are %s; see one with --hall and --rack."
                            .formatted(
                                    all.size() - shown.size(),
                                    unwell.size() > shown.size() ? "not shown" : "inactive and clear"));
        }
    }

    private static boolean unwell(Explanation explanation) {
        return explanation.episode() != null
                || switch (explanation.element().verdict()) {
                    case BREACH, BETWEEN, MISSING -> true;
                    case CLEAR, NOTHING -> false;
                };
    }

    private static Map<String, Object> document(Explanation explanation) {
        Map<String, Object> document = new LinkedHashMap<>();
        Probe.Element element = explanation.element();
        Episode episode = explanation.episode();
        document.put("labels", element.alert().labels());
        document.put("state", explanation.state().name().toLowerCase(Locale.ROOT));
        document.put("since", episode == null ? null : episode.began().toString());
        document.put("windowEnd", explanation.window().end().toString());
        document.put("verdict", element.verdict().name().toLowerCase(Locale.ROOT));
        document.put("value", known(element.value()));
        Map<String, Object> operands = new LinkedHashMap<>();
        element.operands().forEach((metric, value) -> operands.put(metric, known(value)));
        document.put("operands", operands);
        document.put("coverage", element.coverage());
        document.put("why", explanation.why());
        return document;
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
