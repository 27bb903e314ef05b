package io.hallwatt.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SiteOfRacksTest {
    @Test
    void a_number_of_racks_that_cannot_be_is_the_only_fault_where_the_halls_could_be() {
        assertThatThrownBy(() -> new SiteOfRacks(0, 40))
                .hasMessageContaining("--racks is 0; give 100 to 100000")
                .hasMessageNotContaining("--halls");
    }

    @Test
    void no_more_halls_than_racks() {
        assertThatThrownBy(() -> new SiteOfRacks(200, 300))
                .hasMessageContaining("--halls is 300 for 200 racks; give 1 to 200");
        assertThat(new SiteOfRacks(200, 200).racksPerHall()).isEqualTo(1);
    }

    @Test
    void halls_are_as_large_as_each_other_or_one_rack_larger() {
        assertThat(new SiteOfRacks(1_000, 3).site().halls())
                .extracting(hall -> hall.racks().size())
                .containsExactly(334, 333, 333);
    }
}
