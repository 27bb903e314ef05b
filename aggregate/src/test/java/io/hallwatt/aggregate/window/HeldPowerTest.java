package io.hallwatt.aggregate.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldPowerTest {
    private static final long[][] SAMPLES = {
        {0, 36_000_000}, {1_000, 36_400_000}, {2_000, 36_100_000}, {9_000, 35_000_000}, {12_000, 37_000_000}
    };

    @Test
    void a_sample_holds_until_the_next_at_most_for_the_hold() {
        PowerSamples samples = new PowerSamples(1, 1);
        for (int i = SAMPLES.length - 1; i >= 0; i--) {
            samples.add(0, (int) SAMPLES[i][0], i, new long[] {SAMPLES[i][1]});
        }
        HeldPower held = new HeldPower(1);
        held.grow(1);
        held.hold(0, 3_000);
        long[] sums = new long[2];

        held.integrate(samples, 0, 15_000, (device, channel, millis, microjoules) -> {
            sums[0] += millis;
            sums[1] += microjoules;
        });

        assertThat(sums).containsExactly(11_000, 396_700_000_000L);
    }

    @Test
    void seconds_add_up_to_the_whole_window() {
        HeldPower held = new HeldPower(1);
        held.grow(1);
        held.hold(0, 3_000);
        long[] sums = new long[2];

        for (long start = 0; start < 15_000; start += 1_000) {
            PowerSamples samples = new PowerSamples(1, 1);
            for (int i = 0; i < SAMPLES.length; i++) {
                if (SAMPLES[i][0] >= start && SAMPLES[i][0] < start + 1_000) {
                    samples.add(0, (int) (SAMPLES[i][0] - start), i, new long[] {SAMPLES[i][1]});
                }
            }
            held.integrate(samples, start, start + 1_000, (device, channel, millis, microjoules) -> {
                sums[0] += millis;
                sums[1] += microjoules;
            });
        }

        assertThat(sums).containsExactly(11_000, 396_700_000_000L);
    }

    @Test
    void the_very_sample_is_refused_another_of_the_same_instant_is_not() {
        PowerSamples samples = new PowerSamples(1, 1);

        assertThat(samples.add(0, 10, 1, new long[] {5})).isTrue();
        assertThat(samples.add(0, 10, 2, new long[] {5})).isTrue();
        assertThat(samples.add(0, 10, 1, new long[] {5})).isFalse();
        assertThat(samples.count(0)).isEqualTo(2);
    }
}
