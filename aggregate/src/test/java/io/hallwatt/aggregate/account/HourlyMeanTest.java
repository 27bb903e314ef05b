package io.hallwatt.aggregate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import org.junit.jupiter.api.Test;

class HourlyMeanTest {
    private static final long HOUR = 3_600_000;

    private final HourlyMean mean = new HourlyMean();

    @Test
    void an_hours_values_have_a_mean_whatever_their_order() {
        HourlyMean other = new HourlyMean();
        double[] values = {0.1, 0.2, 1e9, 0.3};
        for (int i = 0; i < values.length; i++) {
            mean.add(HOUR + i, values[i]);
            other.add(2 * HOUR - 1 - i, values[values.length - 1 - i]);
        }

        assertThat(mean.of(HOUR)).isEqualTo(250_000_000.15);
        assertThat(other.of(HOUR)).isEqualTo(mean.of(HOUR));
        assertThat(mean.count(HOUR)).isEqualTo(4);
        assertThat(mean.of(0)).isNull();
        assertThat(mean.of(2 * HOUR)).isNull();
        assertThat(mean.count(2 * HOUR)).isZero();
    }

    @Test
    void where_nothing_is_metered_the_given_factor_holds() {
        mean.given(41.0);
        mean.add(HOUR, 17.3);

        assertThat(mean.of(0)).isEqualTo(41.0);
        assertThat(mean.of(HOUR)).isEqualTo(17.3);
    }

    @Test
    void hours_before_an_end_are_told_in_order() {
        mean.add(2 * HOUR, 1);
        mean.add(0, 1);
        mean.add(HOUR, 1);

        assertThat(mean.hoursBefore(2 * HOUR)).containsExactly(0L, HOUR);
    }

    @Test
    void what_is_forgotten_does_not_come_back() {
        mean.add(0, 1);
        mean.add(HOUR, 2);

        mean.forgetBefore(HOUR);
        mean.add(HOUR - 1, 5);
        mean.add(HOUR, 4);

        assertThat(mean.of(0)).isNull();
        assertThat(mean.of(HOUR)).isEqualTo(3.0);
        mean.forgetBefore(0);
        mean.add(0, 1);
        assertThat(mean.of(0)).as("to forget less does not bring back more").isNull();
    }

    @Test
    void comes_back_as_it_was_written() {
        mean.add(0, 1);
        mean.add(HOUR, 2.5);
        mean.add(HOUR, 0.1);
        mean.forgetBefore(HOUR);
        StateWriter out = new StateWriter(1);
        mean.write(out);
        HourlyMean read = new HourlyMean();
        read.read(new StateReader(out.toBytes(), 1));

        assertThat(read.of(HOUR)).isEqualTo(1.3);
        assertThat(read.count(HOUR)).isEqualTo(2);
        read.add(0, 1);
        assertThat(read.of(0)).as("forgotten").isNull();
        read.add(HOUR, 0.1);
        assertThat(read.of(HOUR)).isEqualTo(0.9);
    }
}
