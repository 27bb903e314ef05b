package io.hallwatt.alerting.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.state.Standing.Firing;
import io.hallwatt.alerting.state.Standing.Inactive;
import io.hallwatt.alerting.state.Standing.Unknown;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.property.Any;
import io.hallwatt.contract.property.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;

/** What holds for every rule and whatever is seen. */
class StateMachinePropertiesTest {
    private static final Instant START = Instant.ofEpochSecond(1_000);

    @ParameterizedTest
    @Seeds(500)
    void nothing_fires_before_its_time(Random seeded) {
        StateMachine machine = machine(seeded);
        for (Run run : runs(machine, seeded)) {
            boolean begins = run.step.after() instanceof Firing && !fired(run.step.before());
            if (begins) {
                Instant since = ((Firing) run.step.after()).since();
                assertThat(Duration.between(since, run.at)).isGreaterThanOrEqualTo(machine.pendingFor());
                assertThat(run.seen instanceof Observation.Breach || machine.onMissing() == OnMissing.BREACH)
                        .isTrue();
                assertThat(run.parent).isEqualTo(ParentState.QUIET);
            }
        }
    }

    @ParameterizedTest
    @Seeds(500)
    void what_fired_ends_only_by_a_measured_recovery_that_lasted(Random seeded) {
        StateMachine any = machine(seeded);
        StateMachine machine = new StateMachine(any.pendingFor(), any.keepFiringFor(), OnMissing.KEEP, any.maxGap());
        Instant clearSince = Instant.MAX;
        for (Run run : runs(machine, seeded)) {
            if (fired(run.step.before()) && run.step.after() instanceof Inactive) {
                assertThat(run.seen).isInstanceOfAny(Observation.Clear.class, Observation.Retired.class);
                if (run.seen instanceof Observation.Clear) {
                    Instant from = clearSince.isBefore(run.at) ? clearSince : run.at;
                    assertThat(Duration.between(from, run.at)).isGreaterThanOrEqualTo(machine.keepFiringFor());
                }
            }
            boolean clear = run.seen instanceof Observation.Clear;
            boolean tolerated = run.seen instanceof Observation.Missing && run.step.after() instanceof Firing;
            clearSince =
                    clear ? (clearSince.isBefore(run.at) ? clearSince : run.at) : tolerated ? clearSince : Instant.MAX;
        }
    }

    @ParameterizedTest
    @Seeds(500)
    void people_hear_of_each_change_of_state_and_of_nothing_else(Random seeded) {
        AlertState shown = AlertState.INACTIVE;
        for (Run run : runs(machine(seeded), seeded)) {
            assertThat(run.step.told()).isEqualTo(run.step.after().state() != shown);
            shown = run.step.after().state();
        }
    }

    @ParameterizedTest
    @Seeds(500)
    void the_same_step_taken_again_changes_nothing(Random seeded) {
        StateMachine machine = machine(seeded);
        for (Run run : runs(machine, seeded)) {
            // Until its end is known, a recovery or a gap that has just begun has lasted no time at all.
            Step again = machine.next(run.step.after(), run.seen, run.parent, run.at);

            assertThat(again.told()).as("%s then %s again", run.step, run.seen).isFalse();
        }
    }

    @ParameterizedTest
    @Seeds(500)
    void damping_tells_no_more_firings_than_it_tolerates_within_its_span(Random seeded) {
        StateMachine machine = machine(seeded);
        FlapDamping damping = new FlapDamping(1 + seeded.nextInt(3), Duration.ofSeconds(5 + seeded.nextInt(40)));
        Standing standing = Standing.INACTIVE;
        Swings swings = Swings.NONE;
        List<Instant> told = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            Instant at = START.plusSeconds(i);
            Observation seen = seeded.nextInt(3) == 0 ? Observation.CLEAR : Observation.BREACH;
            Step step = damping.on(machine, swings).next(standing, seen, at);
            swings = damping.after(swings, step, at);
            if (step.told() && step.after() instanceof Firing) {
                told.add(at);
            }
            standing = step.after();

            long lately = told.stream()
                    .filter(t -> t.plus(damping.within()).isAfter(at))
                    .count();
            assertThat(lately).isLessThanOrEqualTo(damping.firings() + 1L);
        }
    }

    private record Run(Observation seen, ParentState parent, Instant at, Step step) {}

    /** 60 windows, some a little apart. */
    private static List<Run> runs(StateMachine machine, Random seeded) {
        List<Run> runs = new ArrayList<>();
        Standing standing = Standing.INACTIVE;
        Instant at = START;
        Observation seen = Observation.CLEAR;
        ParentState parent = ParentState.QUIET;
        for (int i = 0; i < 60; i++) {
            Instant before = at;
            at = at.plusSeconds(1 + (seeded.nextInt(8) == 7 ? seeded.nextInt(20) : 0));
            if (seeded.nextInt(3) != 0) {
                seen = observation(seeded, before);
            }
            if (seen instanceof Observation.Missing) {
                seen = new Observation.Missing(before);
            }
            parent = seeded.nextInt(4) == 1 ? Any.oneOf(seeded, ParentState.class) : parent;
            Step step = machine.next(standing, seen, parent, at);
            runs.add(new Run(seen, parent, at, step));
            standing = step.after();
        }
        return runs;
    }

    private static Observation observation(Random seeded, Instant from) {
        return switch (seeded.nextInt(9)) {
            case 0 -> Observation.BETWEEN;
            case 1, 2 -> new Observation.Missing(from);
            case 3, 4, 5 -> Observation.BREACH;
            case 6 -> seeded.nextInt(6) == 1 ? Observation.RETIRED : Observation.CLEAR;
            default -> Observation.CLEAR;
        };
    }

    private static StateMachine machine(Random seeded) {
        return new StateMachine(
                Duration.ofSeconds(seeded.nextInt(6)),
                Duration.ofSeconds(seeded.nextInt(4)),
                Any.oneOf(seeded, OnMissing.class),
                Duration.ofSeconds(seeded.nextInt(4)));
    }

    private static boolean fired(Standing standing) {
        return standing instanceof Firing || (standing instanceof Unknown unknown && unknown.wasFiring());
    }
}
