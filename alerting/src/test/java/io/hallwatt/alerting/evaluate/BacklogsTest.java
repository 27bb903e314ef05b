package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BacklogsTest {
    private Instant now = Instant.parse("2026-01-15T12:00:00Z");
    private final Backlogs backlogs = new Backlogs(() -> now);

    @Test
    void without_tasks_or_in_the_present_none_goes_on() {
        assertThat(backlogs.goOn()).isFalse();
        judge("a", 1);
        assertThat(backlogs.goOn()).isFalse();
    }

    @Test
    void one_task_in_the_past_is_enough_until_what_it_told_is_committed() {
        judge("a", 1);
        judge("b", 600);
        assertThat(backlogs.goOn()).isTrue();

        judge("b", 1);
        now = now.plusSeconds(9);
        assertThat(backlogs.goOn()).isTrue();
        now = now.plusSeconds(1);
        assertThat(backlogs.goOn()).isFalse();
    }

    @Test
    void a_task_that_is_somebody_elses_counts_no_more() {
        judge("b", 600);
        backlogs.forget("b");
        now = now.plusSeconds(10);
        assertThat(backlogs.goOn()).isFalse();
    }

    @Test
    void a_task_that_stands_still_is_looked_at() {
        judge("b", 600);
        now = now.plus(CatchUp.LOOK);
        backlogs.look("b");
        now = now.plusSeconds(10);
        assertThat(backlogs.goOn()).isFalse();
    }

    private void judge(Object task, int secondsAgo) {
        backlogs.judges(task, new Window(now.minusSeconds(secondsAgo + 1), Resolution.SECOND));
    }
}
