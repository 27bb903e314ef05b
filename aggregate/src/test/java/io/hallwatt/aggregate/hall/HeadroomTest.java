package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.hall.Headroom.Constraint;
import org.junit.jupiter.api.Test;

class HeadroomTest {
    @Test
    void the_least_binds_and_the_rest_is_stranded() {
        Headroom headroom = new Headroom(900, 1_500, 600);

        assertThat(headroom.usable()).isEqualTo(600);
        assertThat(headroom.stranded(Constraint.POWER)).isEqualTo(900);
        assertThat(headroom.stranded(Constraint.COOLING)).isZero();
        assertThat(headroom.stranded(Constraint.RACK)).isEqualTo(300);
        assertThat(headroom.binding()).isEqualTo(Constraint.COOLING);
    }

    @Test
    void of_equal_ones_the_first_binds() {
        assertThat(new Headroom(5, 5, 5).binding()).isEqualTo(Constraint.RACK);
        assertThat(new Headroom(6, 5, 5).binding()).isEqualTo(Constraint.POWER);
    }

    @Test
    void where_one_is_overdrawn_nothing_is_usable() {
        Headroom headroom = new Headroom(900, -20, 600);

        assertThat(headroom.usable()).isZero();
        assertThat(headroom.stranded(Constraint.POWER)).isZero();
        assertThat(headroom.stranded(Constraint.RACK)).isEqualTo(900);
        assertThat(headroom.binding()).isEqualTo(Constraint.POWER);
    }
}
