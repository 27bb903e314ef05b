package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PowerBridgeTest {
    private static final long LONGEST = 60_000;

    @Test
    void power_is_drawn_through_between_two_samples() {
        PowerBridge bridge = PowerBridge.EMPTY.then(3_600, 100, 200, LONGEST).then(7_200, 200, 0, LONGEST);

        assertThat(bridge.whole()).isTrue();
        assertThat(bridge.milliwattHours()).isEqualTo(150 + 200);
    }

    @Test
    void of_what_is_covered_whole_milliwatt_hours_count() {
        assertThat(new PowerBridge(7_199, 0).milliwattHours()).isZero();
        assertThat(new PowerBridge(7_200, 0).milliwattHours()).isEqualTo(1);
    }

    @Test
    void nothing_is_known_where_a_sample_is_missing_on_either_side() {
        assertThat(PowerBridge.EMPTY.then(1_000, -1, 200, LONGEST)).isEqualTo(new PowerBridge(0, 1_000));
        assertThat(PowerBridge.EMPTY.then(1_000, 200, -1, LONGEST)).isEqualTo(new PowerBridge(0, 1_000));
    }

    @Test
    void nothing_is_known_of_a_stretch_longer_than_the_longest() {
        assertThat(PowerBridge.EMPTY.then(LONGEST, 3, 4, LONGEST)).isEqualTo(new PowerBridge(7 * LONGEST, 0));
        assertThat(PowerBridge.EMPTY.then(LONGEST + 1, 3, 4, LONGEST)).isEqualTo(new PowerBridge(0, LONGEST + 1));
    }

    @Test
    void one_unknown_stretch_leaves_what_is_known_and_makes_the_whole_incomplete() {
        PowerBridge bridge = new PowerBridge(7_200, 0).then(500, -1, 9, LONGEST);

        assertThat(bridge).isEqualTo(new PowerBridge(7_200, 500));
        assertThat(bridge.whole()).isFalse();
        assertThat(bridge.then(500, -1, 9, LONGEST)).isEqualTo(new PowerBridge(7_200, 1_000));
        assertThat(bridge.then(10, 30, 30, LONGEST)).isEqualTo(new PowerBridge(7_800, 500));
    }

    @Test
    void without_its_tail_a_bridge_is_what_came_before_the_tail() {
        PowerBridge head = PowerBridge.EMPTY.then(3_600, 100, 200, LONGEST).then(400, -1, 10, LONGEST);
        PowerBridge whole = head.then(1_000, 10, 20, LONGEST).then(300, -1, 10, LONGEST);
        PowerBridge tail = PowerBridge.EMPTY.then(1_000, 10, 20, LONGEST).then(300, -1, 10, LONGEST);

        assertThat(whole.before(tail)).isEqualTo(head);
    }
}
