package io.hallwatt.alerting.reload;

import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.state.FlapDamping;
import io.hallwatt.contract.config.InvalidInput;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that run, and their exchange. Each task looks here before each window and takes up new rules by itself, on its own thread, so that no window is
 * seen by half of the old and half of the new.
 */
public final class LiveRules implements Supplier<RuleSet> {
    private static final Logger log = LoggerFactory.getLogger(LiveRules.class);

    private final RuleSource source;
    private final FlapDamping damping;
    private final InstantSource clock;
    private final List<Consumer<RuleSet>> followers = new CopyOnWriteArrayList<>();
    private volatile Running running;
    private volatile @Nullable Refusal refusal;
    private RuleSource.@Nullable Texts lastSeen;

    /**
     * Reads the rules for the first time.
     *
     * @param damping of rules that say nothing of it
     * @throws InvalidInput with all faults
     */
    public LiveRules(RuleSource source, FlapDamping damping, InstantSource clock) {
        this.source = source;
        this.damping = damping;
        this.clock = clock;
        RuleSource.Texts texts = RuleSource.Texts.of(source);
        this.lastSeen = texts;
        this.running = running(texts);
    }

    /**
     * What runs.
     *
     * @param texts   that it was read from
     * @param damping of rules that say nothing of it
     * @param since   when it was taken up
     */
    public record Running(RuleSet rules, RuleSource.Texts texts, FlapDamping damping, Instant since) {}

    /**
     * That what was read last does not run, and what ran before goes on.
     *
     * @param since  when rules were refused first after the last that were taken up
     * @param faults for which the last were, each with its file and place
     */
    public record Refusal(Instant since, List<String> faults) {
        public Refusal {
            faults = List.copyOf(faults);
        }
    }

    /** The same object as long as nothing changes. */
    @Override
    public RuleSet get() {
        return running.rules();
    }

    /** The same with where it comes from. */
    public Running running() {
        return running;
    }

    /** Empty where what was read last runs. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Told of each set that is taken up. */
    public void follow(Consumer<RuleSet> follower) {
        followers.add(follower);
    }

    /** Says in the registry whether the last reading was taken up, and when one was for the last time. */
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("hallwatt.rules.last.reload.successful", this, rules -> rules.refusal == null ? 1 : 0)
                .description("1 if the rules that were read last run; 0 if they were refused and those before go on")
                .register(registry);
        Gauge.builder(
                        "hallwatt.rules.last.reload.success.timestamp",
                        this,
                        rules -> rules.running.since().toEpochMilli() / 1000.0)
                .description("When rules were taken up for the last time, in seconds since 1970")
                .baseUnit("seconds")
                .register(registry);
    }

    /**
     * Reads the rules anew, changed or not.
     *
     * @return the faults for which all of it is refused; empty if it runs
     */
    public synchronized List<String> reload() {
        try {
            RuleSource.Texts texts = RuleSource.Texts.of(source);
            lastSeen = texts;
            return take(running(texts));
        } catch (InvalidInput e) {
            return refuse(e.faults());
        }
    }

    /** Reads them anew if a file has changed since it was last looked at. */
    public synchronized void reloadIfChanged() {
        RuleSource.Texts texts;
        try {
            texts = RuleSource.Texts.of(source);
        } catch (InvalidInput e) {
            if (lastSeen != null) { // told once, not at each look
                lastSeen = null;
                refuse(e.faults());
            }
            return;
        }
        if (!texts.equals(lastSeen)) {
            reload();
        }
    }

    private Running running(RuleSource.Texts texts) {
        return new Running(RuleSource.read(texts).damped(damping), texts, damping, clock.instant());
    }

    private List<String> take(Running taken) {
        running = taken;
        refusal = null;
        followers.forEach(follower -> follower.accept(taken.rules()));
        log.atInfo().addKeyValue("rules", taken.rules().rules().size()).log("Rules were read anew");
        return List.of();
    }

    /** A line of its own for each fault: a list of sentences in one value is read by nobody. */
    private List<String> refuse(List<String> faults) {
        Refusal before = refusal;
        refusal = new Refusal(before == null ? clock.instant() : before.since(), faults);
        log.atError()
                .addKeyValue("faults", faults.size())
                .log(
                        "Rules and planned work that were read anew are refused, each fault on a line below; what ran goes on");
        faults.forEach(fault -> log.atError().addKeyValue("fault", fault).log("Refused"));
        return faults;
    }
}
