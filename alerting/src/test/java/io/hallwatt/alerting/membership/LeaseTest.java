package io.hallwatt.alerting.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A session of 3 s, looked at each 100 ms unless said otherwise. */
class LeaseTest {
    private static final long LOOK = 100;

    private final Lease lease = new Lease(Duration.ofSeconds(3));
    private long millis = 7_000_000;
    private long answers;
    private long joins;
    private long processed;

    @Test
    void nothing_is_ours_before_we_are_in_the_group() {
        pass(1_000);
        answers++;
        pass(1_000);

        assertThat(lasts()).isFalse();
        assertThat(justOver()).isFalse();
    }

    @Test
    void it_lasts_two_thirds_of_a_session_from_the_look_before_the_one_that_showed_a_sign() {
        join();

        pass(2_000 - 2 * LOOK);
        assertThat(lasts()).isTrue();
        pass(LOOK);
        assertThat(lasts()).isFalse();
    }

    @Test
    void there_is_time_for_a_last_word_until_the_session_ends() {
        join();

        pass(2_000 - LOOK);
        assertThat(justOver()).isTrue();
        pass(1_000 - LOOK);
        assertThat(justOver()).isTrue();
        pass(LOOK);
        assertThat(justOver()).isFalse();
    }

    @Test
    void nobody_else_has_the_share_until_the_session_ends() {
        assertThat(left()).isZero();
        join();

        pass(1_000 - LOOK);
        assertThat(left()).isEqualTo(2_000);
        pass(2_000 - LOOK);
        assertThat(left()).isEqualTo(LOOK);
        pass(2 * LOOK);
        assertThat(left()).isZero();
    }

    @Test
    void an_answered_heartbeat_a_second_keeps_it() {
        join();

        for (int second = 0; second < 60; second++) {
            pass(900);
            answers++;
            pass(LOOK);
            assertThat(lasts()).isTrue();
        }
    }

    @Test
    void windows_that_are_evaluated_keep_it_while_the_halls_are_shared_out_anew_and_no_heart_beats() {
        join();

        for (int second = 0; second < 60; second++) {
            pass(900);
            processed++;
            pass(LOOK);
            assertThat(lasts()).isTrue();
        }
    }

    @Test
    void once_it_is_over_neither_one_answer_nor_what_was_read_before_brings_it_back() {
        join();
        pass(10_000);

        answers++; // "you are no member"
        processed += 50;
        pass(5_000);
        assertThat(lasts()).isFalse();
        processed += 50;
        pass(LOOK);

        assertThat(lasts()).isFalse();
    }

    @Test
    void a_second_answer_brings_it_back_since_none_follows_a_refusal() {
        join();
        answers += 7;
        pass(10_000);
        answers++;
        pass(1_000);
        assertThat(lasts()).isFalse();

        answers++;
        pass(LOOK);

        assertThat(lasts()).isTrue();
    }

    @Test
    void coming_into_the_group_anew_brings_it_back_at_once() {
        join();
        pass(10_000);

        join();

        assertThat(lasts()).isTrue();
    }

    /** A long pause of the whole process: signs that came after it do not date back to before it. */
    @Test
    void after_a_long_pause_of_ours_it_counts_from_before_the_pause() {
        join();
        answers++;
        pass(LOOK);

        millis += 10_000; // nobody looked
        assertThat(lasts()).isFalse();
        answers += 10;
        look();

        assertThat(lasts()).isFalse();
    }

    @Test
    void without_new_signs_it_never_begins_anew() {
        join();
        pass(60_000);

        assertThat(lasts()).isFalse();
        assertThat(justOver()).isFalse();
    }

    private void join() {
        pass(LOOK);
        joins++;
        pass(LOOK);
    }

    private void pass(long duration) {
        for (long end = millis + duration; millis < end; ) {
            millis += LOOK;
            look();
        }
    }

    private void look() {
        lease.look(new Signs(answers, joins, processed), nanos());
    }

    private long left() {
        return Duration.ofNanos(lease.left(nanos())).toMillis();
    }

    private boolean lasts() {
        return lease.lasts(nanos());
    }

    private boolean justOver() {
        return lease.justOver(nanos());
    }

    private long nanos() {
        return Duration.ofMillis(millis).toNanos();
    }
}
