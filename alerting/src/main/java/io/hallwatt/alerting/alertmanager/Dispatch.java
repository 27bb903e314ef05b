package io.hallwatt.alerting.alertmanager;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes to one Alertmanager, and when. Holds each alert in its newest state; a change is due at once, an unchanged one a resend interval after it was
 * last delivered. Pure: told of alerts, of time and of what became of requests, it gives the next request. One request is under way at a time. Confined to
 * whoever holds it.
 *
 * <p>A failed request leaves all of it due; the next is tried after a wait that grows. A refused one is halved until what was refused stands alone: that
 * one is told no more until it changes. Once an Alertmanager that failed answers again, all is told again: it may have started anew and know nothing.
 */
final class Dispatch {
    /** As many alerts as Prometheus puts in a request. */
    static final int BATCH = 256;

    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    /** Prometheus's factor and least interval: an alert outlives three lost sends. */
    private static final int LIVES = 4;

    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(15);
    /** Something that must not speak now is asked again after this. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final Duration resend;
    private final int capacity;
    private final Map<String, Entry> entries = new HashMap<>();
    private final NavigableSet<Entry> waiting = new TreeSet<>(
            Comparator.comparing((Entry entry) -> entry.due).thenComparing(entry -> entry.notice, Notice.ORDER));
    /** Due now: news first. */
    private final NavigableSet<Entry> ready = new TreeSet<>(
            Comparator.comparing((Entry entry) -> !entry.news).thenComparing(entry -> entry.notice, Notice.ORDER));

    private final Deque<List<Notice>> halves = new ArrayDeque<>();
    private int failures;
    private Instant notBefore = Instant.MIN;
    private Instant latest = Instant.MIN;

    private static final class Entry {
        private Notice notice;
        private Instant due = Instant.MIN;
        /** Not delivered since it changed. */
        private boolean news = true;

        Entry(Notice notice) {
            this.notice = notice;
        }
    }

    /**
     * @param resend   after which an unchanged alert is told again
     * @param capacity most alerts held
     */
    Dispatch(Duration resend, int capacity) {
        this.resend = resend;
        this.capacity = capacity;
    }

    /** The alert's newest state, to be told at once where more than the wording changed. False if there is no room for one more: it is not told then. */
    boolean put(Notice notice) {
        Entry entry = entries.get(notice.fingerprint());
        if (entry == null) {
            if (entries.size() >= capacity) {
                return false;
            }
            entry = new Entry(notice);
            entries.put(notice.fingerprint(), entry);
        } else if (waiting.contains(entry) && notice.renews(entry.notice)) {
            entry.notice = notice; // told with the others when its time comes
            return true;
        } else {
            unschedule(entry);
            entry.notice = notice;
            entry.news = true;
        }
        ready.add(entry);
        return true;
    }

    /** It is not ours to tell any more. */
    void forget(String fingerprint) {
        Entry entry = entries.remove(fingerprint);
        if (entry != null) {
            unschedule(entry);
        }
    }

    /**
     * The next request, if one is due. Until {@link #taken}, {@link #failed} or {@link #refused} is told of it, there is no other.
     *
     * @param speaks asked of each, ends too: what must not speak now stays
     */
    Optional<Request> next(Instant now, Predicate<Notice> speaks) {
        noticeClockSetBack(now);
        if (now.isBefore(notBefore)) {
            return Optional.empty();
        }
        List<Notice> notices = new ArrayList<>();
        while (notices.isEmpty() && !halves.isEmpty()) {
            halves.pop().forEach(notice -> current(notice).ifPresent(entry -> take(entry, now, speaks, notices)));
        }
        if (notices.isEmpty()) {
            makeReady(now);
            while (notices.size() < BATCH && !ready.isEmpty()) {
                take(ready.first(), now, speaks, notices);
            }
            if (!notices.isEmpty()) {
                soon(now, BATCH - notices.size()).forEach(entry -> take(entry, now, speaks, notices));
            }
            notices.sort(Notice.ORDER);
        }
        return notices.isEmpty() ? Optional.empty() : Optional.of(new Request(notices, firingUntil(now)));
    }

    /** When to ask for the next request; null: not before something changes. */
    @Nullable
    Instant wake() {
        Instant soonest = !halves.isEmpty() || !ready.isEmpty() ? Instant.MIN : null;
        if (soonest == null && !waiting.isEmpty()) {
            soonest = waiting.first().due;
        }
        return soonest == null || soonest.isAfter(notBefore) ? soonest : notBefore;
    }

    /** The request arrived whole. */
    void taken(Request request, Instant now) {
        for (Notice notice : request.notices()) {
            current(notice).ifPresent(entry -> {
                unschedule(entry);
                entry.news = false;
                entry.due = now.plus(resend);
                waiting.add(entry);
            });
        }
        if (failures > 0) {
            Instant told = now.plus(resend);
            List<Entry> others =
                    waiting.stream().filter(entry -> !entry.due.equals(told)).toList();
            others.forEach(waiting::remove);
            ready.addAll(others);
        }
        failures = 0;
        notBefore = Instant.MIN;
    }

    /** It did not arrive, or nobody knows whether it did. */
    void failed(Request request, Instant now) {
        request.notices().forEach(this::again);
        while (!halves.isEmpty()) {
            halves.pop().forEach(this::again);
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 16));
        notBefore = now.plus(shortest(wait, LONGEST_WAIT, resend.dividedBy(2)));
        failures++;
    }

    /**
     * Something in it was refused.
     *
     * @return the one that it was, once that is known
     */
    Optional<Notice> refused(Request request) {
        notBefore = Instant.MIN; // it answers
        List<Notice> notices = request.notices();
        if (notices.size() == 1) {
            return Optional.of(notices.getFirst()); // stays out of both sets: told again when it changes
        }
        halves.push(notices.subList(notices.size() / 2, notices.size()));
        halves.push(notices.subList(0, notices.size() / 2));
        return Optional.empty();
    }

    /** Whether there is something that has not been told in its newest state, requests under way apart. */
    boolean hasNews() {
        return !halves.isEmpty() || (!ready.isEmpty() && ready.first().news);
    }

    /** Alerts that are due. */
    int queued() {
        return ready.size() + halves.stream().mapToInt(List::size).sum();
    }

    /** Alerts that are held. */
    int size() {
        return entries.size();
    }

    /** Whether it failed, and no request has been taken whole since. */
    boolean failing() {
        return failures > 0;
    }

    /** The alert's entry, if that is still its newest state. */
    private Optional<Entry> current(Notice notice) {
        return Optional.ofNullable(entries.get(notice.fingerprint())).filter(entry -> entry.notice.equals(notice));
    }

    private void again(Notice notice) {
        current(notice).ifPresent(ready::add);
    }

    private void take(Entry entry, Instant now, Predicate<Notice> speaks, List<Notice> into) {
        unschedule(entry);
        if (entry.notice.over(now)) {
            entries.remove(entry.notice.fingerprint());
        } else if (speaks.test(entry.notice)) {
            into.add(entry.notice);
        } else {
            entry.due = now.plus(ASK_AGAIN);
            waiting.add(entry);
        }
    }

    /** Company for those that must go now: else each would go by itself, at its own second of the interval. */
    private List<Entry> soon(Instant now, int most) {
        Instant soon = now.plus(resend.dividedBy(10));
        return waiting.stream()
                .takeWhile(entry -> !entry.due.isAfter(soon))
                .limit(most)
                .toList();
    }

    private void makeReady(Instant now) {
        while (!waiting.isEmpty() && !waiting.first().due.isAfter(now)) {
            Entry entry = waiting.first();
            waiting.remove(entry);
            ready.add(entry);
        }
    }

    /** What was planned by a clock that has been set back since would come too late, and be over in between. */
    private void noticeClockSetBack(Instant now) {
        if (now.isBefore(latest)) {
            ready.addAll(waiting);
            waiting.clear();
            notBefore = Instant.MIN;
        }
        latest = now;
    }

    private Instant firingUntil(Instant now) {
        Duration interval = resend.compareTo(LEAST_INTERVAL) > 0 ? resend : LEAST_INTERVAL;
        return now.plus(interval.multipliedBy(LIVES));
    }

    private void unschedule(Entry entry) {
        waiting.remove(entry);
        ready.remove(entry);
    }

    private static Duration shortest(Duration... durations) {
        return List.of(durations).stream().min(Comparator.naturalOrder()).orElseThrow();
    }
}
