package io.hallwatt.alerting.webhook;

import io.hallwatt.alerting.evaluate.CatchUp;
import io.hallwatt.alerting.links.Links;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts one webhook's transitions, each until it is accepted or given up. */
final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final String name;
    private final WebhookConfig config;
    private final Post post;
    private final Links links;
    private final EndpointMeters meters;
    private final InstantSource clock;

    Delivery(String name, WebhookConfig config, Post post, Links links, EndpointMeters meters, InstantSource clock) {
        this.name = name;
        this.config = config;
        this.post = post;
        this.links = links;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Delivers a record of the alerts topic, where it is one that is told. What began in a backlog is kept back until that is over, and told to nobody where it ends
     * in it: {@link CatchUp}.
     *
     * @param feed that it came from: waits between attempts, and may break them off
     * @return false if it was neither delivered nor given up
     */
    boolean deliver(ConsumerRecord<String, byte[]> record, AlertFeed feed) {
        AlertTransition transition;
        try {
            transition = Codecs.ALERT_TRANSITION.read(record.value());
        } catch (Malformed e) {
            log.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.reason())
                    .log("A record on the alerts topic is no transition: passed over");
            return true;
        }
        if (!isTold(transition)) {
            return true;
        }
        List<KeptBack.Kept> over =
                transition.to() == AlertState.INACTIVE ? feed.keptBack().over(transition) : List.of();
        if (!over.isEmpty()) {
            boolean known = isGoingOn(over.getFirst().transition());
            meters.outdated(over.size() + (known ? 0 : 1));
            return known ? deliver(transition, record, feed) : true;
        }
        Instant now = clock.instant();
        boolean past = Duration.between(transition.at(), now).compareTo(CatchUp.BEHIND) > 0;
        if (feed.keptBack().has(transition) || (past && begins(transition))) {
            feed.keptBack().add(new KeptBack.Kept(transition, record, now));
            return true;
        }
        return deliver(transition, record, feed);
    }

    /**
     * Delivers what was kept back.
     *
     * @param over whether the backlog is; if not, only what has been kept back for too long is told
     */
    void deliverKeptBack(AlertFeed feed, boolean over) {
        KeptBack keptBack = feed.keptBack();
        if (keptBack.first() == null) {
            return;
        }
        long began = System.nanoTime();
        Instant longest = clock.instant().minus(CatchUp.LONGEST_KEPT_BACK);
        for (KeptBack.Kept first = keptBack.first();
                first != null && (over || keptBack.tooMany() || first.since().isBefore(longest));
                first = keptBack.first()) {
            if (feed.interrupted()
                    || System.nanoTime() - began > AlertFeed.LONGEST_ROUND.toNanos()
                    || !deliver(first.transition(), first.record(), feed)) {
                break;
            }
            keptBack.told(first);
        }
        feed.commit();
    }

    /** Whether people may first hear of an alert by this, or first that it fires. */
    private boolean begins(AlertTransition transition) {
        return switch (config.tell()) {
            case ALL ->
                transition.from() == AlertState.INACTIVE
                        || (transition.to() == AlertState.FIRING && transition.beginsOrEnds());
            case ENDS -> transition.to() != AlertState.INACTIVE;
        };
    }

    /** Whether the receiver was told of the alert before this: that it is pending. Then it is to hear the end, too. */
    private boolean isGoingOn(AlertTransition kept) {
        return config.tell() == WebhookConfig.Tell.ALL && kept.from() != AlertState.INACTIVE;
    }

    private boolean isTold(AlertTransition transition) {
        return switch (config.tell()) {
            case ALL -> transition.audible();
            case ENDS -> transition.beginsOrEnds();
        };
    }

    private boolean deliver(AlertTransition transition, ConsumerRecord<String, byte[]> record, AlertFeed feed) {
        long began = System.nanoTime();
        for (int failures = 1; !feed.interrupted(); failures++) {
            switch (attempt(transition)) {
                case Outcome.Accepted accepted -> {
                    meters.delivered();
                    return true;
                }
                case Outcome.Rejected rejected -> {
                    meters.failed();
                    giveUp(transition, record, rejected.why());
                    return true;
                }
                case Outcome.TryAgain again -> {
                    meters.failed();
                    Duration spent = Duration.ofNanos(System.nanoTime() - began);
                    Optional<Duration> wait = Retry.after(failures, spent, config.giveUpAfter());
                    if (wait.isEmpty()) {
                        giveUp(transition, record, again.why());
                        return true;
                    }
                    if (failures == 1) {
                        log.atWarn()
                                .addKeyValue("webhook", name)
                                .addKeyValue("why", again.why())
                                .log("A webhook does not accept posts: tried again");
                    }
                    feed.await(wait.get());
                }
            }
        }
        return false;
    }

    private Outcome attempt(AlertTransition transition) {
        byte[] body = Payload.write(transition, name, links, clock.instant());
        long began = System.nanoTime();
        Outcome outcome = post.send(
                body,
                Map.of(
                        Signature.HEADER,
                        Signature.of(body, config.secret()),
                        "X-Hallwatt-Delivery",
                        DeliveryId.of(transition).toString(),
                        "User-Agent",
                        "Hallwatt"));
        meters.latency(System.nanoTime() - began);
        return outcome;
    }

    private void giveUp(AlertTransition transition, ConsumerRecord<String, byte[]> record, String why) {
        meters.givenUp();
        log.atError()
                .addKeyValue("webhook", name)
                .addKeyValue("why", why)
                .addKeyValue("alertname", transition.rule())
                .addKeyValue("fingerprint", transition.fingerprint())
                .addKeyValue("to", transition.to())
                .addKeyValue("at", transition.at())
                .addKeyValue("delivery", DeliveryId.of(transition))
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .log("A transition could not be delivered to a webhook and is given up; it stays on the alerts topic");
    }
}
