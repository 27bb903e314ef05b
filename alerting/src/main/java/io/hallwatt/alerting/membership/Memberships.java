package io.hallwatt.alerting.membership;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that evaluate rules: each is a member of its group by itself, and has halls by itself. */
public final class Memberships implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Memberships.class);

    private final Duration session;
    private final LongSupplier nanos;
    private final MeterRegistry registry;
    private final Gauge gauge;
    private final Counter lapses;
    private final Map<String, Member> members = new HashMap<>();
    private final List<Consumer<Tenure>> followers = new ArrayList<>();

    /**
     * @param session timeout of a member's session
     * @param nanos   a clock that only goes forward
     */
    public Memberships(Duration session, MeterRegistry registry, LongSupplier nanos) {
        this.session = session;
        this.nanos = nanos;
        this.registry = registry;
        this.lapses = Counter.builder("hallwatt.alert.membership.lapses")
                .description("How often a thread could not show that its halls are still its own; see membership")
                .register(registry);
        this.gauge = Gauge.builder("hallwatt.alert.membership", this, Memberships::lasting)
                .description(
                        "1 while Kafka shows that the halls evaluated here are ours; 0: it does not, and Alertmanagers are told nothing")
                .register(registry);
    }

    /** Of the thread that asks; to be asked when it is given a share of the halls. */
    public synchronized Tenure ofThisThread() {
        return member(Thread.currentThread().getName());
    }

    /** Whoever follows is told of each tenure that is just over, and has until the session's end. */
    public synchronized void follow(Consumer<Tenure> follower) {
        followers.add(follower);
    }

    /**
     * Takes what is seen now; to be called many times a session.
     *
     * @param seen of each thread that lives, by its name
     */
    public void look(Map<String, Signs> seen) {
        List<Member> over = new ArrayList<>();
        List<Consumer<Tenure>> told;
        synchronized (this) {
            // A thread that is gone has left its halls, and nothing of it is told any more.
            members.keySet()
                    .removeIf(thread ->
                            !seen.containsKey(thread) && !member(thread).lasts());
            seen.forEach((thread, signs) -> {
                Member member = member(thread);
                if (member.ends(signs)) {
                    over.add(member);
                }
            });
            told = List.copyOf(followers);
        }
        for (Member member : over) {
            told.forEach(follower -> follower.accept(member));
            lapses.increment();
            log.atWarn()
                    .addKeyValue("thread", member.thread)
                    .addKeyValue("sessionMillis", session.toMillis())
                    .log(
                            "Kafka does not show that the halls evaluated here are still ours: Alertmanager is told nothing of them until it does");
        }
    }

    /** Takes the gauge out, so that another life's can take its place. */
    @Override
    public void close() {
        registry.remove(gauge);
    }

    private Member member(String thread) {
        return members.computeIfAbsent(thread, Member::new);
    }

    private synchronized double lasting() {
        return !members.isEmpty() && members.values().stream().allMatch(Tenure::lasts) ? 1 : 0;
    }

    private final class Member implements Tenure {
        private final String thread;
        private final Lease lease = new Lease(session);
        private boolean lasted;
        private boolean lapsed;

        Member(String thread) {
            this.thread = thread;
        }

        /** Whether it has ended, as is seen by this look. */
        synchronized boolean ends(Signs signs) {
            lease.look(signs, nanos.getAsLong());
            boolean lasts = lasts();
            if (lasts && lapsed) {
                log.atInfo()
                        .addKeyValue("thread", thread)
                        .log("Kafka shows that the halls evaluated here are ours: Alertmanager is told of them again");
            }
            boolean ends = lasted && !lasts;
            lapsed = !lasts && (lapsed || ends);
            lasted = lasts;
            return ends;
        }

        @Override
        public synchronized boolean lasts() {
            return lease.lasts(nanos.getAsLong());
        }

        @Override
        public synchronized boolean justOver() {
            return lease.justOver(nanos.getAsLong());
        }

        @Override
        public synchronized Duration left() {
            return Duration.ofNanos(lease.left(nanos.getAsLong()));
        }
    }
}
