package io.hallwatt.ingest.simulate.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final double DAY = 86_400;

    @Test
    void the_integral_is_that_of_the_level() {
        Workload jobs = new Workload(() -> new TrainingJobs(7, 600, 8 * 3600));

        double sum = 0;
        double step = 0.01;
        for (double t = step / 2; t < 3600; t += step) {
            sum += jobs.level(t) * step;
        }

        assertThat(jobs.integral(3600) - jobs.integral(0)).isCloseTo(sum, within(0.02));
    }

    @Test
    void the_level_has_no_jumps_at_any_edge() {
        Workload jobs = new Workload(() -> new TrainingJobs(3, 600, 8 * 3600));

        double steepest = 0;
        for (double t = 0; t < 8 * 3600; t += 0.05) {
            steepest = Math.max(steepest, Math.abs(jobs.level(t + 0.05) - jobs.level(t)));
        }

        assertThat(steepest).isLessThan(0.15); // ripple of 0.5 s and ±19 %: 0.05 s · 2.4/s
    }

    @Test
    void a_day_of_training_shows_plateaus_ripple_checkpoints_and_interruptions() {
        Workload jobs = new Workload(() -> new TrainingJobs(11, 600, 3 * DAY));

        int plateau = 0;
        int dip = 0;
        int idle = 0;
        double most = 0;
        double least = 1;
        for (int t = 0; t < DAY; t++) {
            double mean = jobs.integral(t + 1) - jobs.integral(t);
            plateau += mean > 0.6 ? 1 : 0;
            dip += mean > 0.3 && mean <= 0.5 ? 1 : 0;
            idle += mean <= 0.3 ? 1 : 0;
            most = Math.max(most, jobs.level(t));
            least = Math.min(least, jobs.level(t));
        }

        assertThat(plateau / DAY).isBetween(0.85, 0.99); // over 90 % effective training time is usual
        assertThat(dip).isBetween(200, 4000);
        assertThat(idle).isGreaterThan(300); // at least one interruption on 19,200 GPUs
        assertThat(most).isBetween(0.93, 1.15);
        assertThat(least).isBetween(0.2, 0.3);
    }

    @Test
    void asking_for_the_past_gives_what_it_was() {
        Workload jobs = new Workload(() -> new TrainingJobs(5, 50, 1.5 * 3600));
        double early = jobs.integral(1000);
        double level = jobs.level(1000);

        double late = jobs.integral(40 * DAY);

        assertThat(jobs.integral(1000)).isEqualTo(early);
        assertThat(jobs.level(1000)).isEqualTo(level);
        assertThat(jobs.integral(40 * DAY)).isEqualTo(late);
    }

    @Test
    void inference_is_highest_in_the_evening_and_lowest_in_the_morning() {
        Workload serving = new Workload(() -> new Inference(1, 6 * 3600)); // 0 is 06:00 local

        assertThat(serving.level(14 * 3600)).isBetween(0.77, 0.80);
        assertThat(serving.level(2 * 3600)).isBetween(0.40, 0.43);
        assertThat(serving.integral(DAY)).isCloseTo(0.6 * DAY, within(1.0));
    }
}
