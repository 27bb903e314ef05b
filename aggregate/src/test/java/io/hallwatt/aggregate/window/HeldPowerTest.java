package io.hallwatt.aggregate.window;

import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
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
    void every_device_and_channel_by_itself_and_no_value_is_none_of_zero() {
        HeldPower held = two();
        PowerSamples samples = new PowerSamples(2, 2);
        samples.add(0, 100, 0, new long[] {5, ABSENT});
        samples.add(1, 400, 0, new long[] {7, 11});

        assertThat(integrated(held, samples, 0, 1_000))
                .containsExactly("0/0 900 ms 4500 µJ", "1/0 600 ms 4200 µJ", "1/1 600 ms 6600 µJ");
    }

    @Test
    void a_held_sample_goes_on_until_the_next_of_the_device_or_its_hold() {
        HeldPower held = two();
        PowerSamples first = new PowerSamples(2, 2);
        first.add(0, 900, 0, new long[] {5, 6});
        first.add(1, 900, 0, new long[] {7, 8});
        integrated(held, first, 0, 1_000);
        PowerSamples second = new PowerSamples(1, 2);
        second.add(0, 300, 1, new long[] {1, 2});

        assertThat(integrated(held, second, 1_000, 2_000))
                .containsExactly(
                        "0/0 300 ms 1500 µJ",
                        "0/1 300 ms 1800 µJ",
                        "0/0 700 ms 700 µJ",
                        "0/1 700 ms 1400 µJ",
                        "1/0 1000 ms 7000 µJ",
                        "1/1 1000 ms 8000 µJ");
        assertThat(integrated(held, new PowerSamples(0, 2), 3_000, 4_000))
                .as("1.3 s + 2 s, 0.9 s + 3 s")
                .containsExactly("0/0 300 ms 300 µJ", "0/1 300 ms 600 µJ", "1/0 900 ms 6300 µJ", "1/1 900 ms 7200 µJ");
    }

    @Test
    void in_silence_what_is_held_counts_as_in_a_window_without_samples() {
        HeldPower held = two();
        PowerSamples first = new PowerSamples(2, 2);
        first.add(1, 900, 0, new long[] {7, ABSENT});
        integrated(held, first, 0, 1_000);
        List<String> silent = new ArrayList<>();

        held.integrateSilence(1_000, 3_000, sink(silent));
        held.integrateSilence(3_000, 9_000, sink(silent));
        held.integrateSilence(9_000, 10_000, sink(silent));

        assertThat(silent).containsExactly("1/0 2000 ms 14000 µJ", "1/0 900 ms 6300 µJ");
    }

    @Test
    void until_when_samples_hold_is_told_of_those_with_power() {
        HeldPower held = two();
        assertThat(held.heldUntil()).isEqualTo(DeviceFrontiers.NEVER);
        PowerSamples samples = new PowerSamples(2, 2);
        samples.add(0, 500, 0, new long[] {ABSENT, 1});
        samples.add(1, 900, 0, new long[] {ABSENT, ABSENT});

        integrated(held, samples, 0, 1_000);

        assertThat(held.heldUntil()).isEqualTo(2_500);
        assertThat(held.heldUntil(0)).isEqualTo(2_500);
        assertThat(held.heldUntil(1)).isEqualTo(3_900);
        held.reset();
        assertThat(held.heldUntil()).isEqualTo(DeviceFrontiers.NEVER);
        assertThat(held.heldUntil(1)).isEqualTo(DeviceFrontiers.NEVER);
    }

    @Test
    void devices_that_come_later_take_nothing_from_those_that_are_there() {
        HeldPower held = two();
        PowerSamples samples = new PowerSamples(2, 2);
        samples.add(1, 900, 0, new long[] {7, 8});
        integrated(held, samples, 0, 1_000);

        held.grow(3);
        held.grow(1);

        assertThat(held.hold(1)).isEqualTo(3_000);
        assertThat(held.heldUntil(2)).isEqualTo(DeviceFrontiers.NEVER);
        assertThat(integrated(held, new PowerSamples(0, 2), 1_000, 2_000))
                .containsExactly("1/0 1000 ms 7000 µJ", "1/1 1000 ms 8000 µJ");
    }

    @Test
    void comes_back_as_it_was_written() {
        HeldPower held = two();
        PowerSamples samples = new PowerSamples(2, 2);
        samples.add(1, 900, 0, new long[] {7, ABSENT});
        integrated(held, samples, 0, 1_000);
        StateWriter out = new StateWriter(1);
        held.write(out);

        HeldPower read = new HeldPower(2);
        read.read(new StateReader(out.toBytes(), 1));

        assertThat(read.hold(0)).isEqualTo(2_000);
        assertThat(read.heldUntil(0)).isEqualTo(DeviceFrontiers.NEVER);
        assertThat(read.heldUntil(1)).isEqualTo(3_900);
        assertThat(integrated(read, new PowerSamples(0, 2), 1_000, 2_000)).containsExactly("1/0 1000 ms 7000 µJ");
    }

    @Test
    void the_very_sample_is_refused_another_of_the_same_instant_is_not() {
        PowerSamples samples = new PowerSamples(1, 1);

        assertThat(samples.add(0, 10, 1, new long[] {5})).isTrue();
        assertThat(samples.add(0, 10, 2, new long[] {5})).isTrue();
        assertThat(samples.add(0, 10, 1, new long[] {5})).isFalse();
        assertThat(samples.count(0)).isEqualTo(2);
    }

    /** Two devices of two channels; a sample of the first holds 2 s, of the second 3 s. */
    private static HeldPower two() {
        HeldPower held = new HeldPower(2);
        held.grow(2);
        held.hold(0, 2_000);
        held.hold(1, 3_000);
        return held;
    }

    private static List<String> integrated(HeldPower held, PowerSamples samples, long start, long end) {
        List<String> covered = new ArrayList<>();
        held.integrate(samples, start, end, sink(covered));
        return covered;
    }

    private static HeldPower.Sink sink(List<String> covered) {
        return (device, channel, millis, microjoules) ->
                covered.add("%d/%d %d ms %d µJ".formatted(device, channel, millis, microjoules));
    }
}
