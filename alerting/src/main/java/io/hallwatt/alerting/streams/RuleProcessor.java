package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.AlertAudience;
import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.Evaluation;
import io.hallwatt.alerting.evaluate.Evaluation.Outcome;
import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.alerting.prometheus.Exposition;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Headers;
import io.hallwatt.contract.wire.Malformed;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
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
        evaluation = evaluation(given, null);
        given.schedule(LOOK_FOR_GONE, PunctuationType.WALL_CLOCK_TIME, at -> retire());
    }

    /** Of a hall or site that is no more no window comes that could end its alerts. */
    private void retire() {
        SiteModels known = Objects.requireNonNull(models, "initialised");
        Objects.requireNonNull(evaluation, "initialised")
                .retire(known::gone, transition -> forward(transition, new RecordHeaders()));
    }

    /** Goes on where memory is, by the newest rules, with the past that their ranges look back to. */
    private Evaluation evaluation(ProcessorContext<String, byte[]> of, @Nullable Evaluation before) {
        RuleSet newest = rules.get();
        evaluated = newest;
        AlertStore alerts = new AlertStore(of.getStateStore(store));
        Evaluation begun = new Evaluation(
                newest,
                alerts,
                Objects.requireNonNull(models, "initialised"),
                AlertWatcher.of(exposition.watcher(this), audience.watcher(this)));
        if (before == null || !begun.adopt(before)) {
            priming.prime(begun, alerts, topics, of.taskId().partition());
        }
        return begun;
    }

    @Override
    public void process(Record<String, byte[]> window) {
        Sight sight;
        try {
            sight = reader().read(window.value());
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
            evaluation = evaluation(Objects.requireNonNull(context, "initialised"), evaluation);
        }
        Outcome outcome = Objects.requireNonNull(evaluation, "initialised").close(sight, t -> tell(t, window));
        exposition.saw(this, sight, outcome);
    }

    @SuppressWarnings(
            "ReferenceEquality") // another object is another set: no need to compare thousands of rules a window
    private boolean changed() {
        return rules.get() != evaluated;
    }

    private WindowTopic.Reader reader() {
        String topic = Objects.requireNonNull(context, "initialised")
                .recordMetadata()
                .orElseThrow()
                .topic();
        return Objects.requireNonNull(topics.get(topic), topic).reader();
    }

    private void tell(AlertTransition transition, Record<String, byte[]> window) {
        RecordHeaders headers = new RecordHeaders();
        Header newest = window.headers().lastHeader(Headers.NEWEST_READING);
        if (newest != null) {
            headers.add(newest);
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
