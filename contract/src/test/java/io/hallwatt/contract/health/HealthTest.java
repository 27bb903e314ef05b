package io.hallwatt.contract.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final Executor ON_THREADS = work -> Thread.ofVirtual().start(work);

    private final AtomicLong now = new AtomicLong();
    /** Each look at the clock is 20 s after the last: no wait is under way any more, and nothing is forgotten. */
    private final Health health =
            new Health("aggregate", () -> now.addAndGet(Duration.ofSeconds(20).toNanos()));

    @Test
    void it_is_good_until_it_fails_and_then_says_which_stage_why_and_what_to_do() {
        assertThat(health.good()).isTrue();
        assertThat(health.failed()).isEmpty();

        health.fail("Kafka at x:1 gives no answer.");
        health.fail("and then the rest fell over");

        assertThat(health.good()).isFalse();
        assertThat(health.failed())
                .contains(
                        "aggregate has failed: Kafka at x:1 gives no answer. Mend the cause (the log has it in full) and start again; what was not committed is read again then.");
    }

    @Test
    void threads_that_wait_to_begin_again_are_not_good_and_are_let_go_when_the_stage_closes() throws Exception {
        List<CompletableFuture<Boolean>> falls = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> health.again(new IllegalStateException()), ON_THREADS))
                .limit(8) // the longest waits 10 s
                .toList();
        while (now.get() < Duration.ofSeconds(8 * 20).toNanos() || health.good()) {
            Thread.onSpinWait();
        }

        long closed = System.nanoTime();
        health.close();

        for (CompletableFuture<Boolean> fall : falls) {
            assertThat(fall.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - closed)).isLessThan(Duration.ofSeconds(5));
        assertThat(health.good()).isTrue();
    }

    @Test
    void a_fault_that_comes_back_each_time_is_named_when_it_is_given_up() {
        health.close(); // nobody waits
        RuntimeException fault = new RuntimeException(
                "around", new IllegalStateException("rack r001 twice\nand more", new RuntimeException()));

        while (health.failed().isEmpty()) {
            health.again(fault);
        }

        assertThat(health.failed().orElseThrow())
                .startsWith(
                        "aggregate has failed: 9 faults within 2m40s, the last: IllegalStateException: rack r001 twice. Mend");
    }
}
