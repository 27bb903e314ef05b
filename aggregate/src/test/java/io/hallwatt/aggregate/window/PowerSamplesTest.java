package io.hallwatt.aggregate.window;

import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PowerSamplesTest {
    private final PowerSamples samples = new PowerSamples(2, 2);

    @Test
    void each_devices_samples_are_in_order_of_time_and_sequence_whatever_order_they_come_in() {
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
        Collections.shuffle(order, new Random(7));
        for (int i : order) {
            assertThat(samples.add(i % 2, 100 * (i / 4), i, new long[] {10L * i, 20L * i}))
                    .isTrue();
        }

        for (int device = 0; device < 2; device++) {
            assertThat(samples.count(device)).isEqualTo(4);
            for (int i = 0; i < 4; i++) {
                int given = 2 * i + device;
                assertThat(samples.offset(device, i)).isEqualTo(100 * (given / 4));
                assertThat(samples.sequence(device, i)).isEqualTo(given);
                assertThat(samples.milliwatts(device, i, 0)).isEqualTo(10L * given);
                assertThat(samples.milliwatts(device, i, 1)).isEqualTo(20L * given);
            }
        }
    }

    @Test
    void the_very_sample_is_refused_wherever_it_stands() {
        for (int i = 0; i < 3; i++) {
            samples.add(0, 100 * i, i, new long[] {i, i});
        }

        for (int i = 0; i < 3; i++) {
            assertThat(samples.add(0, 100 * i, i, new long[] {9, 9})).isFalse();
        }

        assertThat(samples.count(0)).isEqualTo(3);
        assertThat(samples.milliwatts(0, 0, 0)).isZero();
        assertThat(samples.add(0, 100, 7, new long[] {9, 9}))
                .as("same time, other number")
                .isTrue();
        assertThat(samples.add(0, 101, 1, new long[] {9, 9}))
                .as("same number, other time")
                .isTrue();
        assertThat(samples.add(1, 100, 1, new long[] {9, 9})).as("other device").isTrue();
    }

    @Test
    void devices_that_come_later_take_nothing_from_those_that_are_there() {
        samples.add(1, 5, 1, new long[] {3, 4});
        samples.add(1, 6, 2, new long[] {5, ABSENT});
        samples.grow(4);
        samples.grow(1);
        samples.add(3, 7, 1, new long[] {7, 8});

        assertThat(samples.devices()).isEqualTo(4);
        assertThat(samples.channels()).isEqualTo(2);
        assertThat(samples.count(0)).isZero();
        assertThat(samples.count(1)).isEqualTo(2);
        assertThat(samples.milliwatts(1, 0, 1)).isEqualTo(4);
        assertThat(samples.milliwatts(1, 1, 1)).isEqualTo(ABSENT);
        assertThat(samples.milliwatts(3, 0, 0)).isEqualTo(7);
        assertThat(samples.add(1, 5, 1, new long[] {3, 4})).isFalse();
    }

    @Test
    void comes_back_as_it_was_written() {
        samples.add(1, 5, 1, new long[] {3, ABSENT});
        samples.add(1, 6, 2, new long[] {-5, 0});
        StateWriter out = new StateWriter(1);
        samples.write(out);

        PowerSamples read = PowerSamples.read(new StateReader(out.toBytes(), 1), 2);

        assertThat(read).usingRecursiveComparison().isEqualTo(samples);
    }
}
