package io.hallwatt.alerting.alertmanager;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertAudience;
import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.evaluate.AlertWatcher;
import io.hallwatt.alerting.evaluate.CatchUp;
import io.hallwatt.alerting.links.Links;
import io.hallwatt.alerting.membership.Tenure;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.contract.Window;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All Alertmanagers: each is told of each alert that fires here, and of its end. ADR 10. */
public final class Alertmanagers implements AlertAudience, AutoCloseable {
    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);
    /**
     * What fires when Kafka is lost is to stand for so long, where nobody takes it over: an outage of Kafka ends no alert. Whoever takes it over ends it when
     * it is over, which goes before.
     */
    private static final Duration LAST_WORD = Duration.ofHours(1);

    private final Roster roster = new Roster();
    private final Map<Object, Share> shares = new HashMap<>();
    private final Notices notices;
    private final List<Peer> peers;
    private final Supplier<Tenure> tenure;
    private final HttpClient client;
    private final InstantSource clock;
    private final Duration drain;
    private Instant tidied = Instant.MIN;
    private boolean leaving;

    /**
     * @param speaks      asked before an alert that fires is sent: a watchdog speaks only while its way is open
     * @param tenure      of the thread that asks; asked when a task begins, of its own thread
     * @throws io.hallwatt.contract.config.InvalidInput if the TLS files cannot be used
     */
    public Alertmanagers(
            AlertmanagerConfig config,
            Links links,
            Predicate<AlertKey> speaks,
            Supplier<Tenure> tenure,
            MeterRegistry registry,
            InstantSource clock) {
        this.notices = new Notices(links, config.resend());
        this.tenure = tenure;
        this.clock = clock;
        this.drain = config.drain();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.timeout())
                .sslContext(config.tls().context())
                .build();
        this.peers = config.urls().stream()
                .distinct()
                .map(url -> new Peer(
                        url,
                        new AlertsApi(client, url, config),
                        config,
                        new PeerMeters(registry, Peer.name(url)),
                        notice -> notice.ours() && (notice.resolved() || speaks.test(notice.key())),
                        clock))
                .toList();
    }

    public void start() {
        peers.forEach(Peer::start);
    }

    @Override
    public AlertWatcher watcher(Object owner) {
        if (peers.isEmpty()) {
            return AlertWatcher.of();
        }
        Tenure ours = tenure.get();
        return new AlertWatcher() {
            @Override
            public void stands(Alert alert) {
                Alertmanagers.this.stands(owner, notices.standing(alert, ours));
            }

            @Override
            public void ended(Alert alert) {
                Alertmanagers.this.ended(owner, notices.ended(alert, clock.instant(), ours));
            }

            @Override
            public void limited(Rule rule, String row, int alerts) {
                // Its alerts stay as they are.
            }
        };
    }

    /** One task's: how far it is, and what it found firing in a backlog, with when that was, by our clock. */
    private static final class Share {
        private final CatchUp catchUp = new CatchUp();
        private final Map<AlertKey, KeptBack> keptBack = new LinkedHashMap<>();
    }

    private record KeptBack(Notice notice, Instant since) {}

    private synchronized void stands(Object owner, Optional<Notice> standing) {
        if (standing.isEmpty()) {
            return;
        }
        Notice notice = standing.get();
        Share share = share(owner);
        KeptBack kept = share.keptBack.get(notice.key());
        if (kept != null
                || (share.catchUp.goesOn(clock.instant()) && !roster.fires(notice.key(), notice.fingerprint()))) {
            share.keptBack.put(notice.key(), new KeptBack(notice, kept == null ? clock.instant() : kept.since()));
        } else {
            tell(owner, notice);
        }
    }

    private synchronized void ended(Object owner, Optional<Notice> end) {
        if (end.isPresent() && share(owner).keptBack.remove(end.get().key()) == null) {
            tell(owner, end.get());
        }
    }

    private Share share(Object owner) {
        return shares.computeIfAbsent(owner, any -> new Share());
    }

    @Override
    public synchronized void judges(Object owner, Window window) {
        if (!peers.isEmpty()) {
            Share share = share(owner);
            share.catchUp.judges(window, clock.instant());
            tellKeptBack(owner, share);
        }
    }

    @Override
    public synchronized void look(Object owner) {
        Share share = shares.get(owner);
        if (share != null) {
            share.catchUp.look(clock.instant());
            tellKeptBack(owner, share);
        }
    }

    /** What fires still is told once the present is reached, or has been kept back for long. */
    private void tellKeptBack(Object owner, Share share) {
        if (share.keptBack.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        boolean reached = !share.catchUp.goesOn(now);
        share.keptBack.values().removeIf(kept -> {
            boolean due =
                    reached || kept.since().plus(CatchUp.LONGEST_KEPT_BACK).isBefore(now);
            if (due) {
                tell(owner, kept.notice());
            }
            return due;
        });
    }

    private void tell(Object owner, Notice notice) {
        roster.put(owner, notice).ifPresent(this::pass);
        Instant now = clock.instant();
        if (tidied.plus(TIDY_EVERY).isBefore(now)) {
            tidied = now;
            roster.tidy(now).forEach(this::pass);
        }
    }

    @Override
    public synchronized void forget(Object owner) {
        shares.remove(owner);
        if (!leaving) {
            roster.forget(owner).forEach(this::pass);
        }
    }

    /** What fires under it is told once more, to stand until somebody can tell more of it. */
    public synchronized void justOver(Tenure ended) {
        if (!leaving) {
            roster.lastWord(ended, clock.instant().plus(LAST_WORD)).forEach(this::pass);
        }
    }

    private void pass(Roster.Change change) {
        for (Peer peer : peers) {
            switch (change) {
                case Roster.Change.Told told -> peer.put(told.notice());
                case Roster.Change.Gone gone -> peer.forget(gone.fingerprint());
            }
        }
    }

    /** Tells that the process is about to end: what its tasks leave behind is still delivered, in {@link #close}. */
    public synchronized void leave() {
        leaving = true;
    }

    /** Delivers what changed and has not been told, for as long as that may take. */
    @Override
    public void close() {
        try {
            peers.forEach(Peer::finish);
            Instant end = clock.instant().plus(drain);
            for (Peer peer : peers) {
                Duration left = Duration.between(clock.instant(), end);
                peer.awaitEnd(left.isPositive() ? left : Duration.ofMillis(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            client.shutdownNow();
        }
    }
}
