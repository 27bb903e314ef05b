package io.hallwatt.alerting.alertmanager;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Alertmanager: a thread that takes what is due from its {@link Dispatch}, sends it, and tells what became of it. */
final class Peer {
    private static final Logger log = LoggerFactory.getLogger(Peer.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration CLOCKS_APART = Duration.ofSeconds(2);

    private final String name;
    private final AlertsApi api;
    private final Dispatch dispatch;
    private final PeerMeters meters;
    private final Predicate<Notice> speaks;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean closing;
    private boolean full;
    private boolean apart;

    Peer(
            URI url,
            AlertsApi api,
            AlertmanagerConfig config,
            PeerMeters meters,
            Predicate<Notice> speaks,
            InstantSource clock) {
        this.name = name(url);
        this.api = api;
        this.dispatch = new Dispatch(config.resend(), config.queueCapacity());
        this.meters = meters;
        this.speaks = speaks;
        this.clock = clock;
        meters.queue(this::queued, config.queueCapacity());
        this.thread = Thread.ofVirtual().name("alertmanager " + name).unstarted(this::run);
    }

    /** As it stands in metrics and logs: {@code am-1.example:9093}, and the path where there is one. */
    static String name(URI url) {
        return url.getRawAuthority() + url.getRawPath().replaceFirst("/+$", "");
    }

    void start() {
        thread.start();
    }

    void put(Notice notice) {
        lock.lock();
        try {
            if (dispatch.put(notice)) {
                changed.signal();
            } else {
                meters.dropped(PeerMeters.Reason.QUEUE_FULL);
                if (!full) {
                    log.atWarn()
                            .addKeyValue("alertmanager", name)
                            .addKeyValue("alerts", dispatch.size())
                            .log("More alerts than queue-capacity: those beyond are not sent");
                }
                full = true;
            }
        } finally {
            lock.unlock();
        }
    }

    void forget(String fingerprint) {
        lock.lock();
        try {
            dispatch.forget(fingerprint);
        } finally {
            lock.unlock();
        }
    }

    /** Tells it to end once what changed is delivered. */
    void finish() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the end; ends it by force when the time is over. */
    void awaitEnd(Duration longest) throws InterruptedException {
        if (!thread.join(longest)) {
            int left = queued();
            if (left > 0) {
                log.atWarn()
                        .addKeyValue("alertmanager", name)
                        .addKeyValue("alerts", left)
                        .log("Stopped before every change was delivered: the next start sends it");
            }
            thread.interrupt();
            thread.join(longest.plus(CLOCKS_APART));
        }
        meters.close();
    }

    private int queued() {
        lock.lock();
        try {
            return dispatch.queued();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed by force
        }
    }

    /**
     * Sends one request. Were a fault of ours to end this thread, what fires would run out at Alertmanager, and read as resolved.
     *
     * @return false once there is nothing left to send and nothing will come
     */
    private boolean round() throws InterruptedException {
        try {
            Optional<Request> request = await();
            if (request.isPresent()) {
                Instant sent = clock.instant();
                long began = System.nanoTime();
                Answer answer = post(request.get());
                meters.latency(System.nanoTime() - began);
                settle(request.get(), answer, sent, Duration.ofNanos(System.nanoTime() - began));
            }
            return request.isPresent();
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("alertmanager", name).log("Sending failed here: tried again");
            TimeUnit.SECONDS.sleep(1);
            return true;
        }
    }

    /** A fault of ours must not end the sending: it is tried again like one of theirs. */
    private Answer post(Request request) throws InterruptedException {
        try {
            return api.post(request);
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("alertmanager", name).log("A request to Alertmanager failed here");
            return new Answer.Failed(String.valueOf(e.getMessage()));
        }
    }

    /** The next request; empty when all is told that is to be told before the end. */
    private Optional<Request> await() throws InterruptedException {
        lock.lock();
        try {
            while (!closing || dispatch.hasNews()) {
                Optional<Request> request = dispatch.next(clock.instant(), speaks);
                if (request.isPresent()) {
                    return request;
                }
                changed.awaitNanos(untilNext().toNanos());
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** A clock that is set back meanwhile is noticed at the latest after {@link #LOOK}. */
    private Duration untilNext() {
        Instant wake = dispatch.wake();
        Duration left = wake == null ? LOOK : Duration.between(clock.instant(), wake);
        return left.compareTo(LOOK) > 0 ? LOOK : left;
    }

    private void settle(Request request, Answer answer, Instant sent, Duration took) {
        boolean failedBefore;
        lock.lock();
        try {
            failedBefore = dispatch.failing();
            switch (answer) {
                case Answer.Taken taken -> dispatch.taken(request, clock.instant());
                case Answer.Failed failed -> dispatch.failed(request, clock.instant());
                case Answer.Refused refused -> dispatch.refused(request).ifPresent(notice -> dropped(notice, refused));
            }
        } finally {
            lock.unlock();
        }
        switch (answer) {
            case Answer.Taken taken -> {
                meters.sent(request.notices().size());
                compareClocks(taken.date(), sent, took);
            }
            case Answer.Failed failed -> meters.failed();
            case Answer.Refused refused -> meters.refused();
        }
        tellOfFailing(answer, failedBefore);
    }

    private void tellOfFailing(Answer answer, boolean failedBefore) {
        if (answer instanceof Answer.Failed failed) {
            if (!failedBefore) {
                log.atWarn()
                        .addKeyValue("alertmanager", name)
                        .addKeyValue("why", failed.why())
                        .log("Alertmanager does not take alerts: they are kept and tried again");
            }
        } else if (failedBefore && answer instanceof Answer.Taken) {
            log.atInfo().addKeyValue("alertmanager", name).log("Alertmanager takes alerts again: all are sent anew");
        }
    }

    private void dropped(Notice notice, Answer.Refused refused) {
        meters.dropped(PeerMeters.Reason.REFUSED);
        log.atError()
                .addKeyValue("alertmanager", name)
                .addKeyValue("alertname", notice.labels().get("alertname"))
                .addKeyValue("fingerprint", notice.fingerprint())
                .addKeyValue("why", refused.why())
                .log("Alertmanager refuses this alert: not sent again until it changes. Mend its rule's labels");
    }

    /** {@code Date} is cut to whole seconds, and was written between sending and answer. */
    private void compareClocks(@Nullable Instant date, Instant sent, Duration took) {
        if (date == null) {
            return;
        }
        Duration skew = Duration.between(sent.plus(took.dividedBy(2)), date.plusMillis(500));
        meters.skew(skew);
        boolean nowApart = skew.abs().compareTo(CLOCKS_APART) > 0;
        if (nowApart && !apart) {
            log.atWarn()
                    .addKeyValue("alertmanager", name)
                    .addKeyValue("aheadMillis", skew.toMillis())
                    .log(
                            "Alertmanager's clock differs from ours: alerts may end there too early or too late. Set both by NTP");
        }
        apart = nowApart;
    }
}
