package io.hallwatt.alerting.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MembershipsTest {
    private static final String HERE = Thread.currentThread().getName();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private long millis;
    private final Memberships memberships = new Memberships(
            Duration.ofSeconds(3), registry, () -> Duration.ofMillis(millis).toNanos());
    private final List<Tenure> over = new ArrayList<>();
    private final Tenure here = memberships.ofThisThread();

    @Test
    void a_thread_that_loses_the_group_is_told_counted_and_told_again_when_it_is_back() {
        memberships.follow(over::add);
        look(Map.of(HERE, new Signs(0, 1, 0)));
        assertThat(here.lasts()).isTrue();
        assertThat(membership()).isEqualTo(1);

        look(Map.of(HERE, new Signs(0, 1, 0)), 5);
        assertThat(over).containsExactly(here);
        assertThat(here.lasts()).isFalse();
        assertThat(membership()).isZero();
        assertThat(lapses()).isEqualTo(1);

        look(Map.of(HERE, new Signs(2, 1, 0)));
        assertThat(here.lasts()).isTrue();
        assertThat(membership()).isEqualTo(1);
        assertThat(over).hasSize(1);
    }

    @Test
    void one_thread_speaks_for_its_own_halls_whatever_becomes_of_another() {
        memberships.follow(over::add);
        look(Map.of(HERE, new Signs(0, 1, 0), "other", new Signs(0, 1, 0)));

        for (int answers = 1; answers <= 6; answers++) {
            look(Map.of(HERE, new Signs(answers, 1, 0), "other", new Signs(0, 1, 0)));
        }

        assertThat(here.lasts()).isTrue();
        assertThat(over).hasSize(1).doesNotContain(here);
        assertThat(membership()).as("one of two").isZero();
    }

    @Test
    void a_thread_that_has_ended_has_left_its_halls_and_counts_no_more() {
        memberships.follow(over::add);
        look(Map.of(HERE, new Signs(0, 1, 0), "other", new Signs(0, 1, 0)));

        for (int answers = 1; answers <= 6; answers++) {
            look(Map.of(HERE, new Signs(answers, 1, 0)));
        }

        assertThat(over).isEmpty();
        assertThat(lapses()).isZero();
        assertThat(membership()).isEqualTo(1);
    }

    /** A stage that ends delivers what changed last after its threads, and whoever looks at their signs, have ended. */
    @Test
    void a_tenure_ends_by_time_alone() {
        look(Map.of(HERE, new Signs(0, 1, 0)));
        assertThat(here.left()).isEqualTo(Duration.ofSeconds(3));

        millis += 1_999;
        assertThat(here.lasts()).isTrue();
        millis += 1;
        assertThat(here.lasts()).isFalse();
        assertThat(here.justOver()).isTrue();
        millis += 1_000;
        assertThat(here.justOver()).isFalse();
        assertThat(here.left()).isZero();
    }

    private void look(Map<String, Signs> seen) {
        look(seen, 1);
    }

    /** Half a second later each. */
    private void look(Map<String, Signs> seen, int times) {
        for (int i = 0; i < times; i++) {
            millis += 500;
            memberships.look(seen);
        }
    }

    private double membership() {
        return registry.get("hallwatt.alert.membership").gauge().value();
    }

    private double lapses() {
        return registry.get("hallwatt.alert.membership.lapses").counter().count();
    }
}
