package io.hallwatt.alerting.alertmanager;

import static io.hallwatt.alerting.alertmanager.NoticesOf.START;
import static io.hallwatt.alerting.alertmanager.NoticesOf.critical;
import static io.hallwatt.alerting.alertmanager.NoticesOf.firing;
import static io.hallwatt.alerting.alertmanager.NoticesOf.resolved;
import static io.hallwatt.alerting.alertmanager.NoticesOf.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.property.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class DispatchTest {
    private static final Duration RESEND = Duration.ofMinutes(1);

    private final Dispatch dispatch = new Dispatch(RESEND, 1_000);
    private Instant now = START;

    @Test
    void a_change_is_due_at_once_and_then_again_after_the_resend_interval() {
        dispatch.put(firing("r1", START));

        assertThat(send()).containsExactly("r1");
        assertThat(dispatch.wake()).isEqualTo(START.plus(RESEND));
        assertThat(after(Duration.ofSeconds(59))).isEmpty();
        assertThat(after(Duration.ofSeconds(1))).containsExactly("r1");
        assertThat(after(RESEND)).containsExactly("r1");
    }

    @Test
    void texts_with_another_value_are_told_with_the_next_resend_and_not_before() {
        dispatch.put(saying("r1", START, "0.1 K above"));
        send();

        now = START.plusSeconds(30);
        dispatch.put(saying("r1", START, "9 K above"));
        assertThat(send()).isEmpty();
        now = START.plus(RESEND);

        assertThat(next().notices())
                .extracting(notice -> notice.annotations().get("summary"))
                .containsExactly("9 K above");
        dispatch.put(saying("r1", START, "8 K above")); // while the other is under way
        assertThat(send()).containsExactly("r1");
    }

    @Test
    void what_fires_ends_by_itself_four_resend_intervals_later_and_at_least_a_minute() {
        Dispatch hasty = new Dispatch(Duration.ofSeconds(1), 10);
        dispatch.put(firing("r1", START));
        hasty.put(firing("r1", START));

        assertThat(next().firingUntil()).isEqualTo(START.plusSeconds(240));
        assertThat(hasty.next(now, any -> true))
                .hasValueSatisfying(request -> assertThat(request.firingUntil()).isEqualTo(START.plusSeconds(60)));
    }

    @Test
    void an_event_time_ahead_of_our_clock_makes_no_alert_that_ends_before_it_starts() {
        Notice ahead = firing("r1", START.plusSeconds(3_600));
        dispatch.put(ahead);

        assertThat(next().endsAt(ahead)).isEqualTo(START.plusSeconds(3_600));
    }

    @Test
    void an_end_is_told_for_15_minutes_with_the_same_time_and_then_forgotten() {
        dispatch.put(firing("r1", START));
        send();
        now = START.plusSeconds(10);
        Notice end = resolved("r1", START, now);
        dispatch.put(end);

        int told = 0;
        for (Instant last = now.plusSeconds(899); now.isBefore(last); now = now.plusSeconds(1)) {
            Optional<Request> request = dispatch.next(now, any -> true);
            if (request.isPresent()) {
                assertThat(request.get().endsAt(end)).isEqualTo(START.plusSeconds(10));
                dispatch.taken(request.get(), now);
                told++;
            }
        }
        assertThat(told).isEqualTo(15);
        assertThat(after(RESEND)).isEmpty();
        assertThat(dispatch.size()).isZero();
    }

    @Test
    void the_newest_state_takes_the_place_of_one_that_was_not_delivered() {
        dispatch.put(firing("r1", START));
        Request lost = next();
        dispatch.put(resolved("r1", START, START.plusSeconds(5)));
        dispatch.failed(lost, now);

        now = now.plusSeconds(1);
        assertThat(next().notices()).singleElement().matches(Notice::resolved);
    }

    @Test
    void what_changes_while_it_is_under_way_is_told_again_at_once() {
        dispatch.put(firing("r1", START));
        Request underWay = next();
        dispatch.put(resolved("r1", START, START.plusSeconds(5)));
        dispatch.taken(underWay, now);

        assertThat(next().notices()).singleElement().matches(Notice::resolved);
    }

    @Test
    void what_broke_first_stands_first_and_of_what_broke_at_once_the_graver() {
        dispatch.put(firing("r1", START.plusSeconds(1)));
        dispatch.put(firing("r2", START));
        dispatch.put(critical("r3", START.plusSeconds(1)));

        assertThat(send()).containsExactly("r2", "r3", "r1");
    }

    @Test
    void a_request_has_256_alerts_and_news_go_before_what_is_only_told_again() {
        for (int i = 0; i < 300; i++) {
            dispatch.put(firing("r%03d".formatted(i), START));
        }
        assertThat(send()).hasSize(256).startsWith("r000");
        assertThat(send()).hasSize(44);

        now = now.plus(RESEND);
        dispatch.put(firing("new", now));

        assertThat(send()).hasSize(256).contains("new");
        assertThat(send()).hasSize(45);
        assertThat(send()).isEmpty();
    }

    @Test
    void what_would_be_due_soon_goes_along_but_what_is_not_does_not() {
        dispatch.put(firing("early", START));
        send();
        now = now.plusSeconds(5);
        dispatch.put(firing("soon", START));
        send();
        now = now.plusSeconds(20);
        dispatch.put(firing("late", START));
        send();

        now = START.plus(RESEND);
        assertThat(send()).containsExactly("early", "soon");
    }

    @Test
    void a_failure_is_tried_again_after_waits_that_grow_but_stay_within_the_resend_interval() {
        dispatch.put(firing("r1", START));
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            dispatch.failed(next(), now);
            Instant wake = Objects.requireNonNull(dispatch.wake());
            waits.add(Duration.between(now, wake));
            assertThat(dispatch.next(wake.minusMillis(1), any -> true)).isEmpty();
            now = wake;
        }

        assertThat(waits)
                .extracting(Duration::toMillis)
                .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 15000L, 15000L, 15000L);
    }

    @Test
    void an_alertmanager_that_failed_and_answers_again_is_told_everything() {
        dispatch.put(firing("r1", START));
        send();
        now = now.plusSeconds(20);
        dispatch.put(firing("r2", START));
        dispatch.failed(next(), now);
        now = now.plusSeconds(1);

        assertThat(send()).containsExactly("r2");
        assertThat(send()).containsExactly("r1");
        assertThat(send()).isEmpty();
    }

    @Test
    void of_a_refused_request_only_what_was_refused_is_dropped() {
        for (int i = 0; i < 100; i++) {
            dispatch.put(firing("r%03d".formatted(i), START));
        }
        Counterpart alertmanager = new Counterpart(Set.of("r017", "r018", "r099"));

        alertmanager.drain();

        assertThat(alertmanager.known).hasSize(97);
        assertThat(alertmanager.dropped).containsExactlyInAnyOrder("r017", "r018", "r099");
        assertThat(alertmanager.requests).as("halving, not one by one").isLessThan(45);
    }

    @Test
    void what_was_refused_is_told_again_only_when_it_changes() {
        dispatch.put(firing("r1", START));
        assertThat(dispatch.refused(next())).isPresent();

        assertThat(after(RESEND)).isEmpty();
        dispatch.put(resolved("r1", START, now));
        assertThat(send()).containsExactly("r1");
    }

    @Test
    void a_failure_among_the_halves_loses_none_of_them() {
        for (int i = 0; i < 4; i++) {
            dispatch.put(firing("r" + i, START));
        }
        dispatch.refused(next());
        dispatch.failed(next(), now);
        now = now.plusSeconds(1);

        assertThat(send()).containsExactly("r0", "r1", "r2", "r3");
    }

    @Test
    void what_must_not_speak_is_asked_again_and_told_once_it_may() {
        dispatch.put(firing("watchdog", START));

        assertThat(dispatch.next(now, any -> false)).isEmpty();
        assertThat(dispatch.wake()).isEqualTo(START.plusSeconds(1));
        now = START.plusSeconds(1);
        assertThat(send()).containsExactly("watchdog");
    }

    @Test
    void an_end_and_the_half_of_a_refused_request_must_not_speak_either_and_are_told_once_they_may() {
        dispatch.put(firing("r1", START));
        dispatch.put(firing("r2", START));
        dispatch.refused(next());
        dispatch.put(resolved("r3", START, START));

        assertThat(dispatch.next(now, any -> false)).isEmpty();
        assertThat(after(Duration.ofSeconds(5))).containsExactly("r1", "r2", "r3");
    }

    @Test
    void a_last_word_stands_until_its_own_time_and_not_only_for_the_usual_one() {
        Instant until = START.plusSeconds(3_600);
        TestTenure tenure = new TestTenure();
        dispatch.put(firing("r1", START, tenure).standing(until));

        tenure.isJustOver();
        Request request = next();
        assertThat(request.endsAt(request.notices().getFirst())).isEqualTo(until);
    }

    @Test
    void a_share_that_is_ours_again_needs_no_last_word() {
        TestTenure tenure = new TestTenure();
        dispatch.put(firing("r1", START, tenure).standing(START.plusSeconds(3_600)));
        tenure.isJustOver();
        send();

        tenure.lastsAgain();
        now = now.plus(RESEND);
        Request request = next();
        assertThat(request.endsAt(request.notices().getFirst())).isEqualTo(now.plus(RESEND.multipliedBy(4)));
    }

    @Test
    void a_request_is_ours_as_long_as_all_that_it_is_about() {
        TestTenure tenure = new TestTenure();
        dispatch.put(firing("r1", START, tenure));
        dispatch.put(firing("r2", START));

        assertThat(next().left()).isEqualTo(tenure.left());
    }

    @Test
    void what_is_another_owners_now_is_told_no_more() {
        dispatch.put(firing("r1", START));
        send();
        dispatch.forget("fp-r1");

        assertThat(after(RESEND)).isEmpty();
        assertThat(dispatch.wake()).isNull();
    }

    @Test
    void beyond_its_capacity_it_takes_no_more_but_goes_on_with_what_it_has() {
        Dispatch small = new Dispatch(RESEND, 1);

        assertThat(small.put(firing("r1", START))).isTrue();
        assertThat(small.put(firing("r2", START))).isFalse();
        assertThat(small.put(resolved("r1", START, START.plusSeconds(1)))).isTrue();
        assertThat(small.size()).isEqualTo(1);
    }

    @Test
    void a_clock_that_is_set_back_an_hour_does_not_silence_it_for_an_hour() {
        dispatch.put(firing("r1", START));
        send();

        now = START.minusSeconds(3_600);
        assertThat(send()).containsExactly("r1");
        assertThat(after(RESEND)).containsExactly("r1");
    }

    /**
     * Alerts come, end and go over to others; the Alertmanager refuses some for ever, fails now and then, and forgets everything while it is away. Whatever
     * happened, a resend interval after the last fault it knows the newest state of each alert that it does not refuse, and no other.
     */
    @ParameterizedTest
    @Seeds(500)
    void after_all_faults_the_newest_state_of_every_alert_is_there(Random seeded) {
        Set<String> never = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            if (seeded.nextInt(20) == 0) {
                never.add("r" + i);
            }
        }
        Counterpart alertmanager = new Counterpart(never);
        Map<String, Notice> truth = new HashMap<>();
        int steps = seeded.nextInt(200);
        for (int step = 0; step < steps; step++) {
            String rack = "r" + seeded.nextInt(40);
            switch (seeded.nextInt(8)) {
                case 0, 1, 2 -> tell(truth, firing(rack, now));
                case 3, 4 -> {
                    Notice before = truth.get("fp-" + rack);
                    if (before != null && !before.resolved()) {
                        tell(truth, resolved(rack, before.startsAt(), now));
                    }
                }
                case 5 -> {
                    truth.remove("fp-" + rack);
                    dispatch.forget("fp-" + rack);
                }
                case 6 -> alertmanager.fail(seeded.nextBoolean());
                default -> alertmanager.answer();
            }
            now = now.plusMillis(seeded.nextInt(20_000));
        }

        now = now.plus(RESEND);
        alertmanager.drain();

        Map<String, Notice> expected = new HashMap<>();
        truth.values().stream()
                .filter(notice -> !never.contains(rack(notice)) && !notice.over(now))
                .forEach(notice -> expected.put(notice.fingerprint(), notice));
        assertThat(alertmanager.known).containsAllEntriesOf(expected);
        assertThat(dispatch.wake())
                .satisfiesAnyOf(
                        wake -> assertThat(wake).isNull(),
                        wake -> assertThat(wake).isAfter(now));
        assertThat(dispatch.size()).isLessThanOrEqualTo(40);
    }

    private void tell(Map<String, Notice> truth, Notice notice) {
        truth.put(notice.fingerprint(), notice);
        assertThat(dispatch.put(notice)).isTrue();
    }

    /** What an Alertmanager makes of requests: of a refused one it takes what is right. */
    private final class Counterpart {
        private final Set<String> never;
        private final Map<String, Notice> known = new HashMap<>();
        private final List<String> dropped = new ArrayList<>();
        private int requests;

        Counterpart(Set<String> never) {
            this.never = never;
        }

        void drain() {
            while (answer()) {
                assertThat(requests).isLessThan(10_000);
            }
        }

        boolean answer() {
            Optional<Request> request = dispatch.next(now, any -> true);
            if (request.isEmpty()) {
                return false;
            }
            requests++;
            List<Notice> notices = request.get().notices();
            assertThat(notices).hasSizeBetween(1, Dispatch.BATCH).isSortedAccordingTo(Notice.ORDER);
            notices.stream()
                    .filter(notice -> !never.contains(rack(notice)))
                    .forEach(notice -> known.put(notice.fingerprint(), notice));
            if (notices.stream().anyMatch(notice -> never.contains(rack(notice)))) {
                dispatch.refused(request.get()).ifPresent(notice -> dropped.add(rack(notice)));
            } else {
                dispatch.taken(request.get(), now);
            }
            return true;
        }

        /** @param anew it has started anew since, and knows nothing */
        void fail(boolean anew) {
            if (anew) {
                known.clear();
            }
            dispatch.next(now, any -> true).ifPresent(request -> dispatch.failed(request, now));
        }
    }

    private static String rack(Notice notice) {
        return Objects.requireNonNull(notice.labels().get("rack"));
    }

    private Request next() {
        return dispatch.next(now, any -> true).orElseThrow();
    }

    /** What goes out now, and arrives. */
    private List<String> send() {
        Optional<Request> request = dispatch.next(now, any -> true);
        request.ifPresent(sent -> dispatch.taken(sent, now));
        return request.stream()
                .flatMap(sent -> sent.notices().stream())
                .map(DispatchTest::rack)
                .toList();
    }

    private List<String> after(Duration time) {
        now = now.plus(time);
        return send();
    }
}
