package io.hallwatt.aggregate.window;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.property.Seeds;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Two devices of which the site model says that they speak every 10 s. */
class DeviceFrontiersTest {
    private static final long GRACE = 2_000;

    private final DeviceFrontiers devices = of(2);

    @Test
    void of_a_device_that_never_spoke_nothing_is_known() {
        assertThat(devices.newestAt(0)).isEqualTo(NEVER);
        assertThat(devices.frontier(0, 5_000)).isEqualTo(NEVER);
        assertThat(devices.seen(0, 5_000, 0)).isFalse();
        assertThat(devices.size()).isEqualTo(2);
        assertThat(devices.interval(0)).isEqualTo(10_000);
    }

    @Test
    void the_first_of_a_count_promises_nothing_beyond_itself() {
        observe(0, 5_000, 0);

        assertThat(devices.frontier(0, 5_000)).isEqualTo(5_000);
        assertThat(devices.newestAt(0)).isEqualTo(5_000);
        assertThat(devices.newestAt(1)).isEqualTo(NEVER);
    }

    @Test
    void a_count_that_is_under_way_is_waited_for_a_grace_long() {
        observe(0, 5_000, 17);

        assertThat(devices.frontier(0, 6_999)).isEqualTo(NEVER);
        assertThat(devices.frontier(0, 7_000)).isEqualTo(5_000);
    }

    @Test
    void each_next_one_promises_nine_tenths_of_its_own_step_and_no_more_than_of_the_models() {
        observe(0, 5_000, 0);
        observe(0, 6_000, 1);
        assertThat(devices.frontier(0, 6_000)).isEqualTo(6_900);

        observe(0, 26_000, 2);
        assertThat(devices.frontier(0, 26_000)).isEqualTo(35_000);
    }

    @Test
    void two_at_one_instant_promise_next_to_nothing_more() {
        observe(0, 5_000, 0);
        observe(0, 6_000, 1);
        observe(0, 6_000, 2);

        assertThat(devices.frontier(0, 6_000)).isEqualTo(6_900);
    }

    @Test
    void a_gap_holds_the_frontier_until_it_is_filled() {
        observe(0, 5_000, 0);
        observe(0, 7_000, 2);
        observe(0, 8_000, 3);
        assertThat(devices.frontier(0, 8_000)).isEqualTo(5_000);
        assertThat(devices.newestAt(0)).isEqualTo(8_000);

        observe(0, 6_000, 1);

        assertThat(devices.frontier(0, 8_000)).isEqualTo(8_900);
    }

    @Test
    void of_two_gaps_the_second_holds_it_when_the_first_is_filled() {
        observe(0, 5_000, 0);
        observe(0, 7_000, 2);
        observe(0, 9_000, 4);
        observe(0, 6_000, 1);

        assertThat(devices.frontier(0, 9_000)).isEqualTo(6_000 + 450);

        observe(0, 8_000, 3);
        assertThat(devices.frontier(0, 9_000)).isEqualTo(9_000 + 1_350);
    }

    @Test
    void a_gap_in_closed_windows_is_waited_for_no_longer_and_one_after_them_is() {
        observe(0, 5_000, 0);
        observe(0, 7_000, 2);

        devices.forgive(0, 6_999);
        assertThat(devices.frontier(0, 7_000)).isEqualTo(5_000);

        devices.forgive(0, 7_000);
        assertThat(devices.frontier(0, 7_000)).isEqualTo(7_900);
        observe(0, 8_000, 3);
        assertThat(devices.frontier(0, 8_000)).isEqualTo(8_900);
    }

    @Test
    void the_earliest_beyond_a_gap_says_whether_it_lies_in_closed_windows() {
        observe(0, 5_000, 0);
        observe(0, 9_000, 4);
        observe(0, 7_000, 2);

        devices.forgive(0, 7_000);

        assertThat(devices.frontier(0, 9_000)).as("of the second gap").isEqualTo(7_000 + 900);
        devices.forgive(0, 8_999);
        assertThat(devices.frontier(0, 9_000)).isEqualTo(7_900);
        devices.forgive(0, 9_000);
        assertThat(devices.frontier(0, 9_000)).isEqualTo(9_900);
    }

    @Test
    void forgiving_changes_nothing_where_nothing_is_missing() {
        observe(0, 5_000, 0);
        observe(0, 6_000, 1);

        devices.forgive(0, 60_000);

        assertThat(devices.frontier(0, 6_000)).isEqualTo(6_900);
        observe(0, 7_000, 2);
        assertThat(devices.frontier(0, 7_000)).isEqualTo(7_900);
    }

    @Test
    void a_count_that_starts_again_is_believed_and_its_pause_is_no_step() {
        observe(0, 5_000, 100);
        observe(0, 6_000, 101);
        observe(0, 9_000, 0);

        assertThat(devices.frontier(0, 10_000)).isEqualTo(9_900);
        observe(0, 9_500, 1);
        assertThat(devices.frontier(0, 10_000)).isEqualTo(9_950);
    }

    @Test
    void a_count_that_starts_again_sooner_than_the_step_promises_less() {
        observe(0, 5_000, 100);
        observe(0, 6_000, 101);
        observe(0, 6_500, 0);

        assertThat(devices.frontier(0, 10_000)).isEqualTo(6_950);
    }

    @Test
    void a_gap_of_64_is_a_count_that_starts_again_and_one_of_63_is_a_gap() {
        observe(0, 5_000, 0);
        observe(0, 6_000, 1);
        observe(0, 9_000, 2 + 63);
        assertThat(devices.frontier(0, 9_000)).isEqualTo(6_900);

        observe(1, 5_000, 0);
        observe(1, 6_000, 1);
        observe(1, 9_000, 2 + 64);
        assertThat(devices.frontier(1, 9_000)).isEqualTo(9_900);
    }

    @Test
    void a_count_that_starts_again_forgets_its_gaps() {
        observe(0, 5_000, 100);
        observe(0, 7_000, 102);
        observe(0, 9_000, 0);
        observe(0, 10_000, 1);

        assertThat(devices.frontier(0, 10_000)).isEqualTo(10_900);
        devices.forgive(0, 20_000);
        assertThat(devices.frontier(0, 10_000)).isEqualTo(10_900);
    }

    @Test
    void what_was_seen_is_known_by_its_number() {
        observe(0, 5_000, 10);
        observe(0, 6_000, 11);
        observe(0, 8_000, 13);

        assertThat(devices.seen(0, 5_000, 10)).isTrue();
        assertThat(devices.seen(0, 6_000, 11)).isTrue();
        assertThat(devices.seen(0, 7_000, 12)).isFalse();
        assertThat(devices.seen(0, 8_000, 13)).isTrue();
        assertThat(devices.seen(0, 9_000, 14)).isFalse();
        assertThat(devices.seen(0, 9_000, 12 + 64)).isFalse();
        assertThat(devices.seen(0, 5_000, 9)).isFalse();
    }

    @Test
    void what_is_forgiven_was_not_seen_and_what_came_around_it_was() {
        observe(0, 5_000, 10);
        observe(0, 8_000, 13);
        devices.forgive(0, 8_000);

        assertThat(devices.seen(0, 5_000, 10)).isTrue();
        assertThat(devices.seen(0, 6_000, 11)).isFalse();
        assertThat(devices.seen(0, 7_000, 12)).isFalse();
        assertThat(devices.seen(0, 8_000, 13)).isTrue();
        assertThat(devices.seen(0, 9_000, 14)).isFalse();
    }

    @Test
    void a_predecessor_of_the_first_is_seen_once_it_came() {
        observe(0, 5_000, 10);
        assertThat(devices.seen(0, 3_000, 8)).isFalse();

        observe(0, 3_000, 8);

        assertThat(devices.seen(0, 3_000, 8)).isTrue();
        assertThat(devices.seen(0, 4_000, 9)).isFalse();
        assertThat(devices.newestAt(0)).isEqualTo(5_000);
        assertThat(devices.frontier(0, 7_000)).isEqualTo(5_000);
    }

    @Test
    void the_64_before_the_next_are_known_and_no_more() {
        for (int sequence = 0; sequence < 70; sequence++) {
            observe(0, 1_000L * sequence, sequence);
        }

        assertThat(devices.seen(0, 6_000, 6)).isTrue();
        assertThat(devices.seen(0, 5_000, 5)).isFalse();
        assertThat(devices.seen(0, 69_000, 69)).isTrue();
    }

    @Test
    void a_predecessor_64_before_the_next_is_remembered_and_one_further_back_is_not() {
        observe(0, 100_000, 99);

        observe(0, 60_000, 36);
        observe(0, 59_000, 35);

        assertThat(devices.seen(0, 60_000, 36)).isTrue();
        assertThat(devices.seen(0, 59_000, 35)).isFalse();
    }

    @Test
    void what_was_before_a_count_started_again_is_not_known() {
        observe(0, 5_000, 0);
        observe(0, 6_000, 1);
        observe(0, 9_000, 0);

        assertThat(devices.seen(0, 9_000, 0)).isTrue();
        assertThat(devices.seen(0, 5_000, 0)).isFalse();
        assertThat(devices.seen(0, 8_999, 0)).isFalse();
    }

    @Test
    void when_the_input_ended_all_is_forgotten_but_the_intervals() {
        observe(0, 5_000, 7);
        observe(0, 6_000, 8);
        observe(0, 8_000, 10);

        devices.reset();

        assertThat(devices.newestAt(0)).isEqualTo(NEVER);
        assertThat(devices.frontier(0, 60_000)).isEqualTo(NEVER);
        assertThat(devices.interval(0)).isEqualTo(10_000);
        observe(0, 1_000, 0);
        assertThat(devices.frontier(0, 1_000)).isEqualTo(1_000);
        observe(0, 1_500, 1);
        assertThat(devices.frontier(0, 1_500)).isEqualTo(1_950);
        devices.forgive(0, 60_000);
        assertThat(devices.frontier(0, 1_500)).isEqualTo(1_950);
    }

    @Test
    void devices_that_come_later_take_nothing_from_those_that_are_there() {
        observe(0, 5_000, 0);
        observe(1, 6_000, 0);

        devices.grow(3);
        devices.grow(1);
        devices.interval(2, 0);

        assertThat(devices.size()).isEqualTo(3);
        assertThat(devices.newestAt(0)).isEqualTo(5_000);
        assertThat(devices.newestAt(1)).isEqualTo(6_000);
        assertThat(devices.newestAt(2)).isEqualTo(NEVER);
        assertThat(devices.interval(2)).as("no interval is none of 0 ms").isEqualTo(1);
        assertThat(devices.seen(0, 5_000, 0)).isTrue();
        assertThat(devices.frontier(1, 6_000)).isEqualTo(6_000);
    }

    @Test
    void comes_back_as_it_was_written() {
        devices.grow(4);
        observe(1, 5_000, 100);
        observe(1, 6_000, 101);
        observe(3, 5_500, 0);
        observe(3, 7_500, 2);
        StateWriter out = new StateWriter(1);
        devices.write(out);

        DeviceFrontiers read = new DeviceFrontiers();
        read.read(new StateReader(out.toBytes(), 1));

        assertThat(read).usingRecursiveComparison().isEqualTo(devices);
    }

    @ParameterizedTest
    @Seeds(200)
    void what_changed_since_all_was_written_brings_all_up_to_date(Random random) {
        devices.grow(5);
        DeviceFrontiers read = new DeviceFrontiers();
        StateWriter whole = new StateWriter(1);
        devices.write(whole);
        assertThat(devices.changes()).isZero();
        read.read(new StateReader(whole.toBytes(), 1));

        for (int commit = 0; commit < 30; commit++) {
            Set<Integer> touched = new HashSet<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                int device = random.nextInt(5);
                observe(device, 1_000L * commit + random.nextInt(500), commit - random.nextInt(2));
                touched.add(device);
            }
            assertThat(devices.changes()).isEqualTo(touched.size());
            if (random.nextInt(5) == 0) {
                for (int device = 0; device < 5; device++) {
                    devices.forgive(device, 1_000L * commit);
                }
            }
            if (random.nextInt(15) == 0) {
                devices.reset();
            }
            StateWriter changes = new StateWriter(1);
            devices.writeChanges(changes);
            read.readChanges(new StateReader(changes.toBytes(), 1));

            assertThat(devices.changes()).isZero();
            assertThat(read)
                    .usingRecursiveComparison()
                    .ignoringFields("changed")
                    .isEqualTo(devices);
        }
    }

    @Test
    void forgiving_a_device_that_lost_nothing_is_no_change() {
        observe(0, 5_000, 0);
        observe(1, 5_000, 0);
        observe(1, 7_000, 2);
        devices.writeChanges(new StateWriter(1));

        devices.forgive(0, 60_000);
        assertThat(devices.changes()).isZero();
        devices.forgive(1, 60_000);
        assertThat(devices.changes()).isEqualTo(1);
    }

    private void observe(int device, long at, long sequence) {
        devices.observe(device, at, sequence, GRACE);
    }

    private static DeviceFrontiers of(int count) {
        DeviceFrontiers devices = new DeviceFrontiers();
        devices.grow(count);
        for (int device = 0; device < count; device++) {
            devices.interval(device, 10_000);
        }
        return devices;
    }
}
