package io.hallwatt.alerting.alertmanager;

import static io.hallwatt.alerting.alertmanager.NoticesOf.START;
import static io.hallwatt.alerting.alertmanager.NoticesOf.firing;
import static io.hallwatt.alerting.alertmanager.NoticesOf.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.alertmanager.Roster.Change;
import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.membership.Tenure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RosterTest {
    private final Roster roster = new Roster();

    @Test
    void what_is_told_changes_with_the_alert_and_not_without() {
        Notice fires = firing("r1", START);

        assertThat(roster.put("task", fires)).contains(new Change.Told(fires));
        assertThat(roster.put("task", firing("r1", START))).isEmpty();
    }

    @Test
    void of_two_alerts_with_the_same_labels_the_one_that_fires_stands_for_both() {
        Notice one = firing("r1", START);
        Notice other = ofAnotherRule(firing("r1", START.plusSeconds(1)));
        roster.put("task", one);

        assertThat(roster.put("task", other)).isEmpty();
        Notice end = resolved("r1", START, START.plusSeconds(2));
        assertThat(roster.put("task", end)).contains(new Change.Told(other));
        Notice lastEnd = ofAnotherRule(resolved("r1", START.plusSeconds(1), START.plusSeconds(3)));
        assertThat(roster.put("task", lastEnd)).contains(new Change.Told(lastEnd));
    }

    @Test
    void what_an_owner_leaves_is_gone_unless_another_has_it_by_now() {
        Notice moved = firing("r1", START);
        roster.put("old", moved);
        roster.put("old", firing("r2", START));
        roster.put("new", moved);

        assertThat(roster.forget("old")).containsExactly(new Change.Gone("fp-r2"));
        assertThat(roster.forget("new")).containsExactly(new Change.Gone("fp-r1"));
        assertThat(roster.size()).isZero();
    }

    @Test
    void ends_that_were_told_long_enough_are_taken_out() {
        roster.put("task", firing("r1", START));
        roster.put("task", resolved("r2", START, START));

        assertThat(roster.tidy(START.plus(Duration.ofMinutes(15)).minusMillis(1)))
                .isEmpty();
        assertThat(roster.tidy(START.plus(Duration.ofMinutes(15)))).containsExactly(new Change.Gone("fp-r2"));
        assertThat(roster.size()).isEqualTo(1);
    }

    @Test
    void a_last_word_is_of_what_fires_under_the_tenure_that_is_over_and_of_nothing_else() {
        Tenure over = new Ended();
        Tenure lasting = new Ended();
        Notice fires = firing("r1", START, over);
        roster.put("task", fires);
        roster.put("task", firing("r2", START, lasting));
        roster.put("task", resolved("r3", START, START));

        Instant until = START.plusSeconds(3_600);
        assertThat(roster.lastWord(over, until)).containsExactly(new Change.Told(fires.standing(until)));
        assertThat(roster.lastWord(over, until)).as("said already").isEmpty();
    }

    private static final class Ended implements Tenure {
        @Override
        public boolean lasts() {
            return false;
        }

        @Override
        public boolean justOver() {
            return false;
        }

        @Override
        public Duration left() {
            return Duration.ZERO;
        }
    }

    private static Notice ofAnotherRule(Notice notice) {
        AlertKey key = notice.key();
        return new Notice(
                new AlertKey("other", key.scope(), key.row(), key.rack(), key.key(), false),
                notice.fingerprint(),
                notice.labels(),
                notice.annotations(),
                notice.startsAt(),
                notice.endedAt(),
                notice.toldUntil(),
                notice.generatorUrl(),
                notice.tenure(),
                notice.standsUntil());
    }
}
