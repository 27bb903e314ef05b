package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.AlertAudience;
import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.Evaluation;
import io.hallwatt.alerting.evaluate.Evaluation.Outcome;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.evaluate.Turns;
import io.hallwatt.alerting.prometheus.Exposition;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Headers;
import io.hallwatt.contract.wire.Malformed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task's rules: each closed window is held against them, each transition goes out under its alert's fingerprint. */
final class RuleProcessor implements Processor<String, byte[], String, byte[]> {
    private static final Logger log = LoggerFactory.getLogger(RuleProcessor.class);

    /** How often it is looked whether a hall has left. */
    private static final Duration LOOK_FOR_GONE = Duration.ofSeconds(5);

    /** How long a window waits for its companion, which is published with it: only where a part of Kafka is away is it long. Then an alert goes before the order. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_FOR_WAITING = Duration.ofSeconds(1);

    private final Supplier<RuleSet> rules;
    private final Map<String, WindowTopic> topics;
    private final Priming priming;
    private final Exposition exposition;
    private final AlertAudience audience;
    private final String store;
    private @Nullable SiteModels models;
    private @Nullable ProcessorContext<String, byte[]> context;
    private @Nullable RuleSet evaluated;
    private @Nullable Evaluation evaluation;
    private @Nullable Turns<ClosedWindow> turns;
    private @Nullable AlertStore alerts;
    private final Set<String> doubted = new HashSet<>();
    /** Of the window that came last. */
    private long number;

    /** Of the last that {@link #alerts} keeps, waiting. */
    private final Set<Long> kept = new HashSet<>();

    /**
     * @param rules  looked at before each window: another object is another set
     * @param topics by name
     */
    RuleProcessor(
            Supplier<RuleSet> rules,
            Map<String, WindowTopic> topics,
            Priming priming,
            Exposition exposition,
            AlertAudience audience,
            String store) {
        this.rules = rules;
        this.topics = topics;
        this.priming = priming;
        this.exposition = exposition;
        this.audience = audience;
        this.store = store;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> given) {
        context = given;
        models = new SiteModels(given.getStateStore(SiteModels.STORE));
        takeUp(given);
        given.schedule(LOOK_FOR_GONE, PunctuationType.WALL_CLOCK_TIME, at -> retire());
        given.schedule(LOOK_FOR_WAITING, PunctuationType.WALL_CLOCK_TIME, this::giveUp);
    }

    /** Of a hall or site that is no more no window comes that could end its alerts. */
    private void retire() {
        audience.look(this);
        SiteModels known = Objects.requireNonNull(models, "initialised");
        doubtZones(known);
        Objects.requireNonNull(evaluation, "initialised")
                .retire(known::gone, transition -> forward(transition, new RecordHeaders()));
    }

    /** Said once of each pair: the clock of planned work is not the site's. */
    private void doubtZones(SiteModels known) {
        RuleSet running = Objects.requireNonNull(evaluated, "initialised");
        for (String site : known.asked()) {
            known.zone(site)
                    .flatMap(running.maintenance()::doubt)
                    .filter(doubted::add)
                    .ifPresent(doubt -> log.atWarn()
                            .addKeyValue("site", site)
                            .log("Planned work is not in the site's own time: {}", doubt));
        }
    }

    /** Goes on where memory is, by the newest rules, with the past that their ranges look back to and the windows that wait. */
    private void takeUp(ProcessorContext<String, byte[]> of) {
        RuleSet newest = rules.get();
        AlertStore memory = new AlertStore(of.getStateStore(store));
        Evaluation begun = new Evaluation(
                newest,
                memory,
                Objects.requireNonNull(models, "initialised"),
                AlertWatcher.of(exposition.watcher(this), audience.watcher(this)));
        Turns<ClosedWindow> inTurn = new Turns<>(newest, memory, ClosedWindow::sight);
        if (evaluation == null || turns == null) {
            memory.waiting().forEach((waits, window) -> {
                inTurn.restore(ClosedWindow.read(waits, window, topics, of.currentSystemTimeMs()));
                kept.add(waits);
                number = Math.max(number, waits);
            });
        } else {
            turns.waiting().forEach(inTurn::restore);
        }
        if (evaluation == null || !begun.adopt(evaluation)) {
            priming.prime(begun, memory, topics, of.taskId().partition());
        }
        evaluated = newest;
        alerts = memory;
        evaluation = begun;
        turns = inTurn;
    }

    @Override
    public void process(Record<String, byte[]> window) {
        ProcessorContext<String, byte[]> of = Objects.requireNonNull(context, "initialised");
        String topic = of.recordMetadata().orElseThrow().topic();
        Sight sight;
        try {
            sight = Objects.requireNonNull(topics.get(topic), topic).reader().read(window.value());
        } catch (Malformed e) {
            exposition.unreadable().increment();
            log.atWarn()
                    .addKeyValue("key", window.key())
                    .addKeyValue("code", e.code())
                    .addKeyValue("reason", e.reason())
                    .log("A record on a metrics topic is no window: passed over");
            return;
        }
        if (changed()) {
            takeUp(of);
        }
        Header newest = window.headers().lastHeader(Headers.NEWEST_READING);
        ClosedWindow closed = new ClosedWindow(
                ++number,
                sight,
                topic,
                window.value(),
                newest == null ? null : newest.value(),
                of.currentSystemTimeMs());
        came(closed);
    }

    private void came(ClosedWindow window) {
        List<ClosedWindow> next = new ArrayList<>(1);
        Objects.requireNonNull(turns, "initialised").see(window, next::add);
        if (!next.contains(window)) {
            Objects.requireNonNull(alerts, "initialised").rememberWaiting(window.number(), window.write());
            kept.add(window.number());
        }
        next.forEach(this::evaluate);
    }

    private void giveUp(long now) {
        Objects.requireNonNull(turns, "initialised")
                .giveUp(
                        window -> {
                            boolean tooLong = now - window.cameAtMillis() >= PATIENCE.toMillis();
                            if (tooLong) {
                                log.atWarn()
                                        .addKeyValue("row", window.sight().row())
                                        .addKeyValue("scope", window.sight().scope())
                                        .addKeyValue(
                                                "end", window.sight().window().end())
                                        .log("The window published with this one does not come: evaluated without it");
                            }
                            return tooLong;
                        },
                        this::evaluate);
    }

    private void evaluate(ClosedWindow window) {
        if (kept.remove(window.number())) {
            Objects.requireNonNull(alerts, "initialised").forgetWaiting(window.number());
        }
        audience.judges(this, window.sight().window());
        Outcome outcome = Objects.requireNonNull(evaluation, "initialised")
                .close(window.sight(), transition -> tell(transition, window));
        exposition.saw(this, window.sight(), outcome);
    }

    @SuppressWarnings(
            "ReferenceEquality") // another object is another set: no need to compare thousands of rules a window
    private boolean changed() {
        return rules.get() != evaluated;
    }

    private void tell(AlertTransition transition, ClosedWindow window) {
        RecordHeaders headers = new RecordHeaders();
        if (window.newestReading() != null) {
            headers.add(Headers.NEWEST_READING, window.newestReading());
        }
        forward(transition, headers);
    }

    private void forward(AlertTransition transition, RecordHeaders headers) {
        exposition.told(transition);
        Objects.requireNonNull(context, "initialised")
                .forward(new Record<>(
                        transition.fingerprint(),
                        Codecs.ALERT_TRANSITION.write(transition),
                        transition.at().toEpochMilli(),
                        headers));
    }

    @Override
    public void close() {
        exposition.forget(this);
        audience.forget(this);
    }
}
