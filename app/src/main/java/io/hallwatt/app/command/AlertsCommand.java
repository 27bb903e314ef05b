package io.hallwatt.app.command;

import io.hallwatt.alerting.history.Episode;
import io.hallwatt.alerting.history.EpisodeCsv;
import io.hallwatt.alerting.history.Episodes;
import io.hallwatt.app.past.Log;
import io.hallwatt.app.past.Past;
import io.hallwatt.app.terminal.AlertPlace;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hallwatt alerts list|history}. */
@Command(
        name = "alerts",
        description = "Show the alerts of now and of the past.",
        synopsisSubcommandLabel = "(list | history)",
        mixinStandardHelpOptions = true,
        subcommands = {AlertsCommand.Present.class, AlertsCommand.History.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt alerts list --bootstrap-servers kafka:9092",
            "  hallwatt alerts history --since 7d --rule RackFeedOverload",
            "  hallwatt alerts history --data-dir data --format csv >alerts.csv"
        })
public final class AlertsCommand {
    private static final InstantSource CLOCK = InstantSource.system();

    /** A pipeline that has published no window for so long stands still: what it knew then is what is known. */
    private static final Duration STILL = Duration.ofMinutes(1);

    /** {@code alerts list}. */
    @Command(
            name = "list",
            description = "The alerts that last: pending, firing, unknown, or suppressed.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Present implements Callable<Integer> {
        @Mixin
        private Choice choice = new Choice();

        @Mixin
        private PastOptions past = new PastOptions();

        @Override
        public Integer call() {
            Instant now = CLOCK.instant();
            choice.show(past, now, true, episode -> episode.ended() == null);
            return 0;
        }
    }

    /** {@code alerts history}. */
    @Command(
            name = "history",
            description = {
                "The alerts of the past: who, what, when, how long, and how each ended.",
                "One line an episode, from an alert's first breach to its end."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class History implements Callable<Integer> {
        @Option(
                names = "--since",
                paramLabel = "DURATION",
                converter = DurationText.class,
                description = "Only what lasted within so long before now, as 7d.")
        private @Nullable Duration since;

        @Option(
                names = "--from",
                paramLabel = "TIME",
                converter = InstantText.class,
                description = "Only what lasted then or later.")
        private @Nullable Instant from;

        @Option(
                names = "--to",
                paramLabel = "TIME",
                converter = InstantText.class,
                description = "Only what began before.")
        private @Nullable Instant to;

        @Option(
                names = "--all",
                description = "In the table, also what was over before it fired; json and csv always have it.")
        private boolean all;

        @Mixin
        private Choice choice = new Choice();

        @Mixin
        private PastOptions past = new PastOptions();

        @Override
        public Integer call() {
            Instant now = CLOCK.instant();
            if (since != null && from != null) {
                throw new InvalidInput("--since and --from both say where to begin: give one of them.");
            }
            Instant first = since != null ? now.minus(since) : from == null ? Instant.MIN : from;
            Instant last = to == null ? Instant.MAX : to;
            if (!first.isBefore(last)) {
                throw new InvalidInput("--from %s is not before --to %s: nothing lies between.".formatted(first, last));
            }
            choice.show(past, now, all, episode -> episode.overlaps(first, last));
            return 0;
        }
    }

    /** How a list is written. */
    enum Format {
        TABLE,
        JSON,
        CSV
    }

    /** Which alerts, and how they are shown. */
    static final class Choice {
        @Option(names = "--rule", paramLabel = "NAME", description = "Only alerts of that name.")
        private @Nullable String rule;

        @Option(names = "--hall", paramLabel = "ID", description = "Only alerts of that hall.")
        private @Nullable String hall;

        @Option(
                names = "--state",
                paramLabel = "STATE",
                description = "Only alerts that are so now: pending, firing, unknown, suppressed or inactive.")
        private @Nullable AlertState state;

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "table",
                description = "table, json or csv (default: table).")
        private Format format = Format.TABLE;

        /** Whether an episode is to be seen. */
        private interface Wanted {
            boolean is(Episode episode);
        }

        /** @param calm whether a table has what was over before it fired, too: mostly far more than what did */
        private void show(PastOptions options, Instant clock, boolean calm, Wanted wanted) {
            Episodes episodes = new Episodes();
            Optional<Instant> end;
            try (Past past = options.open()) {
                Instant[] told = {Instant.MIN};
                Log.each(past, transition -> {
                    episodes.add(transition);
                    told[0] = transition.at().isAfter(told[0]) ? transition.at() : told[0];
                });
                end = Optional.of(past.newest()
                                .filter(newest -> newest.isAfter(told[0]))
                                .orElse(told[0]))
                        .filter(last -> last.isAfter(Instant.MIN))
                        .filter(last -> options.over() || last.isBefore(clock.minus(STILL)));
            }
            Instant now = end.orElse(clock);
            List<Episode> chosen = episodes.all().stream()
                    .filter(wanted::is)
                    .filter(episode -> rule == null || episode.rule().equals(rule))
                    .filter(episode ->
                            hall == null || hall.equals(episode.label("hall").orElse("")))
                    .filter(episode -> state == null || episode.state() == state)
                    .toList();
            Terminal terminal = options.terminal();
            switch (options.json() ? Format.JSON : format) {
                case TABLE -> {
                    List<Episode> shown = calm
                            ? chosen
                            : chosen.stream()
                                    .filter(episode -> episode.fired() || episode.ended() == null)
                                    .toList();
                    table(shown, now, terminal);
                    if (end.isPresent() && shown.stream().anyMatch(episode -> episode.ended() == null)) {
                        terminal.say(
                                "The data ends at %s: what was still pending, firing or unknown then is shown so, and is counted until then."
                                        .formatted(now));
                    }
                    if (shown.size() < chosen.size()) {
                        terminal.say("%,d more were over before they fired; --all shows them."
                                .formatted(chosen.size() - shown.size()));
                    }
                }
                case CSV -> terminal.out().print(EpisodeCsv.write(chosen, now));
                case JSON -> {
                    Map<String, Object> document = new LinkedHashMap<>();
                    document.put("dataEnded", end.map(Instant::toString).orElse(null)); // null while windows come
                    document.put(
                            "alerts",
                            chosen.stream()
                                    .map(episode -> document(episode, now))
                                    .toList());
                    options.print(document);
                }
            }
        }
    }

    private static void table(List<Episode> episodes, Instant now, Terminal terminal) {
        if (episodes.isEmpty()) {
            terminal.out().println("none");
            return;
        }
        terminal.out()
                .println(terminal.faint(row("began", "lasted", "state", "severity", "alert", "where", "told last")));
        for (Episode episode : episodes) {
            String line = row(
                    episode.began().toString(),
                    Durations.format(episode.lasted(now).truncatedTo(ChronoUnit.SECONDS)),
                    state(episode),
                    episode.label("severity").orElse(""),
                    episode.rule(),
                    AlertPlace.of(episode.labels()),
                    told(episode));
            terminal.out()
                    .println(
                            switch (episode.state()) {
                                case FIRING -> watchdog(episode) ? terminal.green(line) : terminal.red(line);
                                case PENDING, UNKNOWN, SUPPRESSED -> terminal.yellow(line);
                                case INACTIVE -> line;
                            });
        }
    }

    /** It fires while all is well. */
    private static boolean watchdog(Episode episode) {
        return episode.label("severity").orElse("").equals("none");
    }

    /**
     * How it ended, else its summary: of one that is pending after when it fires, since its texts speak as if it did; and that people have not heard of it, where
     * planned work kept it from them.
     */
    private static String told(Episode episode) {
        String text = episode.ending() == null ? episode.annotations().getOrDefault("summary", "") : episode.ending();
        if (episode.fires() != null) {
            text = "fires at %s if it lasts: %s".formatted(episode.fires(), text);
        }
        return episode.fired() && episode.maintenance() != null
                ? "(planned work %s: nobody was told) %s".formatted(episode.maintenance(), text)
                : text;
    }

    private static String state(Episode episode) {
        return switch (episode.state()) {
            case INACTIVE -> episode.fired() ? "resolved" : "never fired";
            case FIRING, PENDING, UNKNOWN, SUPPRESSED -> episode.state().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String row(Object... cells) {
        return "%-24s  %10s  %-11s  %-8s  %-24s  %-16s  %s".formatted(cells).stripTrailing();
    }

    private static Map<String, Object> document(Episode episode, Instant now) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rule", episode.rule());
        document.put("fingerprint", episode.fingerprint());
        document.put("labels", episode.labels());
        document.put("annotations", episode.annotations());
        document.put("state", episode.state().name().toLowerCase(Locale.ROOT));
        document.put("began", episode.began().toString());
        document.put("everFired", episode.fired());
        put(document, "fired", episode.firedAt());
        put(document, "fires", episode.fires());
        put(document, "ended", episode.ended());
        put(document, "ending", episode.ending());
        document.put("seconds", episode.lasted(now).toSeconds());
        document.put("firingSeconds", episode.firedFor(now).toSeconds());
        document.put("highest", episode.highest());
        document.put("lowest", episode.lowest());
        document.put("threshold", episode.threshold());
        document.put("plannedWork", episode.maintenance());
        return document;
    }

    private static void put(Map<String, Object> document, String key, @Nullable Object value) {
        document.put(key, value == null ? null : value.toString());
    }
}
