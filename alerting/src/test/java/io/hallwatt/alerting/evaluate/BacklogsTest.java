package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BacklogsTest {
    private Instant now = Instant.parse("2026-01-15T12:00:00Z");
    private boolean settled = true;
    private final Backlogs backlogs = new Backlogs(() -> settled, () -> now);

    @Test
    void with_no_share_of_the_halls_or_in_the_present_none_goes_on() {
        assertThat(backlogs.goOn()).isFalse();
        judge("a", 1);
        assertThat(backlogs.goOn()).isFalse();
    }

    @Test
    void before_there_are_tasks_a_backlog_may_wait_for_them() {
        settled = false;
        assertThat(backlogs.goOn()).isTrue();
        now = now.plusSeconds(60);
        assertThat(backlogs.goOn()).isTrue();

        settled = true;
        now = now.plusSeconds(9);
        assertThat(backlogs.goOn()).isTrue();
        now = now.plusSeconds(1);
        assertThat(backlogs.goOn()).isFalse();
    }

    @Test
    void a_task_that_has_judged_nothing_yet_may_have_a_backlog() {
        backlogs.watcher("a");
        backlogs.watcher("b");
        judge("a", 1);
        now = now.plusSeconds(60);
        assertThat(backlogs.goOn()).isTrue();

        judge("a", 1);
        assertThat(backlogs.goOn()).isTrue();
        judge("b", 1);
        now = now.plusSeconds(10);
        assertThat(backlogs.goOn()).isFalse();

        backlogs.watcher("b"); // by other rules
        assertThat(backlogs.goOn()).isFalse();
    }

    @Test
    void a_task_that_has_nothing_to_read_has_none() {
        backlogs.watcher("a");
        now = now.plus(CatchUp.LOOK);
        backlogs.look("a");
        assertThat(backlogs.goOn()).isTrue();
        now = now.plusSeconds(10);
        assertThat(backlogs.goOn()).isFalse();
    }

    @Test
    void a_task_that_went_before_it_judged_anything_is_waited_for_no_more() {
        backlogs.watcher("a");
        backlogs.forget("a");
        now = now.plusSeconds(10);
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
