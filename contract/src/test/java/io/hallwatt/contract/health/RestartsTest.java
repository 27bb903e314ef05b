package io.hallwatt.contract.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private final Restarts restarts = new Restarts();
    private long now = Long.MAX_VALUE - 1_000; // a monotonic clock may start anywhere, and wrap

    @Test
    void a_fault_that_comes_back_at_once_waits_longer_each_time_and_is_given_up() {
        List<Long> waits = new ArrayList<>();
        Verdict verdict = restarts.fault(now);

        while (verdict instanceof Verdict.Again again) {
            waits.add(again.after().toMillis());
            now += again.after().toNanos();
            verdict = restarts.fault(now);
        }

        assertThat(waits).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L);
        assertThat(verdict).isEqualTo(new Verdict.GivenUp(9, Duration.ofMillis(22_700)));
    }

    @Test
    void faults_after_a_quiet_minute_each_never_end_it() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(restarts.fault(now)).isEqualTo(new Verdict.Again(Duration.ofMillis(100)));
            pass(Duration.ofMillis(60_100));
        }
    }

    @Test
    void a_minute_that_is_not_quite_over_forgets_nothing() {
        restarts.fault(now);
        pass(Duration.ofMillis(60_100).minusNanos(1));

        assertThat(restarts.fault(now)).isEqualTo(new Verdict.Again(Duration.ofMillis(200)));
    }

    @Test
    void threads_that_fall_together_are_one_fault() {
        restarts.fault(now);
        pass(Duration.ofMillis(30));

        for (int thread = 0; thread < 100; thread++) {
            assertThat(restarts.fault(now)).isEqualTo(new Verdict.Again(Duration.ofMillis(70)));
        }

        pass(Duration.ofMillis(70));
        assertThat(restarts.fault(now)).isEqualTo(new Verdict.Again(Duration.ofMillis(200)));
    }

    @Test
    void what_is_given_up_stays_given_up() {
        while (restarts.fault(now) instanceof Verdict.Again again) {
            pass(again.after());
        }

        pass(Duration.ofHours(1));

        assertThat(restarts.fault(now)).isInstanceOf(Verdict.GivenUp.class);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
