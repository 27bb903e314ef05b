package io.hallwatt.aggregate.site;

import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SupplySamplesTest {
    private static final long MINUTE = 60_000;
    private static final long HOLD = 30_000;

    private final SupplySamples samples = samples();

    @Test
    void a_sample_holds_until_the_next_at_most_for_the_hold_and_within_the_span() {
        add(10_000, 5);
        add(20_000, 7);
        add(70_000, 11);

        assertThat(power(0, 2 * MINUTE))
                .isEqualTo(new SupplySamples.Integral(10_000 + 30_000 + 30_000, 5 * 10_000 + 7 * 30_000 + 11 * 30_000));
        assertThat(power(15_000, 25_000)).isEqualTo(new SupplySamples.Integral(10_000, 5 * 5_000 + 7 * 5_000));
        assertThat(power(90_000, 99_000)).isEqualTo(new SupplySamples.Integral(9_000, 11 * 9_000));
        assertThat(power(50_000, 70_000)).isEqualTo(new SupplySamples.Integral(0, 0));
        assertThat(power(0, 10_000)).isEqualTo(new SupplySamples.Integral(0, 0));
    }

    @Test
    void a_sample_from_a_minute_before_is_held_into_the_span() {
        add(59_000, 5);

        assertThat(power(MINUTE, 2 * MINUTE)).isEqualTo(new SupplySamples.Integral(29_000, 5 * 29_000));
    }

    @Test
    void spans_that_follow_each_other_add_up() {
        add(500, 3);
        add(1_700, 8);
        add(45_000, 2);

        long total = 0;
        long covered = 0;
        for (long second = 0; second < 120_000; second += 1_000) {
            total += power(second, second + 1_000).total();
            covered += power(second, second + 1_000).covered();
        }

        assertThat(power(0, 120_000)).isEqualTo(new SupplySamples.Integral(covered, total));
        assertThat(covered).isEqualTo(1_200 + 30_000 + 30_000);
    }

    @Test
    void a_sample_without_a_value_ends_the_one_before_and_covers_nothing() {
        add(10_000, 5);
        add(20_000, ABSENT);
        add(25_000, 6);

        assertThat(power(0, 30_000)).isEqualTo(new SupplySamples.Integral(15_000, 5 * 10_000 + 6 * 5_000));
    }

    @Test
    void channels_and_sources_are_kept_apart() {
        samples.add(0, 0, 0, 5, 40);
        samples.add(1, 0, 0, 7, ABSENT);

        assertThat(samples.integrate(0, SupplySamples.CARBON, 0, 1_000, HOLD).total())
                .isEqualTo(40_000);
        assertThat(samples.integrate(1, SupplySamples.POWER, 0, 1_000, HOLD).total())
                .isEqualTo(7_000);
        assertThat(samples.integrate(1, SupplySamples.CARBON, 0, 1_000, HOLD).covered())
                .isZero();
    }

    @Test
    void the_very_sample_counts_once() {
        assertThat(samples.add(0, 1_000, 4, 5, ABSENT)).isTrue();
        assertThat(samples.add(0, 1_000, 4, 5, ABSENT)).isFalse();
        assertThat(samples.add(0, 1_000, 5, 5, ABSENT)).isTrue();
    }

    @Test
    void a_mean_is_rounded_to_the_nearest_and_says_nothing_below_half_the_span() {
        assertThat(new SupplySamples.Integral(10, 25).mean(20)).isEqualTo(3);
        assertThat(new SupplySamples.Integral(10, 24).mean(20)).isEqualTo(2);
        assertThat(new SupplySamples.Integral(10, -25).mean(20)).isEqualTo(-2);
        assertThat(new SupplySamples.Integral(10, 25).mean(21)).isEqualTo(ABSENT);
        assertThat(new SupplySamples.Integral(0, 0).mean(0)).isEqualTo(ABSENT);
        assertThat(new SupplySamples.Integral(1, 9).mean(0)).isEqualTo(9);
    }

    @Test
    void what_a_window_can_still_need_is_not_forgotten() {
        add(30_000, 3);
        add(150_000, 5);

        samples.forget(180_000, HOLD);
        assertThat(power(150_000, 180_000).total()).isEqualTo(5 * 30_000);
        assertThat(power(30_000, 60_000).total()).as("its minute is over").isZero();
    }

    @Test
    void comes_back_from_the_minutes_that_it_wrote_and_forgets_what_it_took_back() {
        add(30_000, 3);
        add(150_000, 5);
        Map<String, byte[]> store = new HashMap<>();
        drain(store);
        assertThat(store).containsOnlyKeys("0", "120000");
        Map<String, byte[]> unchanged = new HashMap<>();
        drain(unchanged);
        assertThat(unchanged).isEmpty();

        SupplySamples read = samples();
        read.restore(store);
        assertThat(read.integrate(0, SupplySamples.POWER, 0, 200_000, HOLD)).isEqualTo(power(0, 200_000));

        samples.forget(300_000, HOLD);
        drain(store);
        assertThat(store).isEmpty();
    }

    @Test
    void sources_that_come_later_take_nothing_from_those_that_are_there() {
        add(30_000, 3);
        samples.grow(3);
        samples.grow(1);

        assertThat(samples.add(2, 31_000, 0, 9, ABSENT)).isTrue();
        assertThat(samples.add(2, 131_000, 1, 9, ABSENT)).isTrue();
        assertThat(power(30_000, 31_000).total()).isEqualTo(3_000);
        assertThat(samples.integrate(2, SupplySamples.POWER, 31_000, 32_000, HOLD)
                        .total())
                .isEqualTo(9_000);
    }

    private void drain(Map<String, byte[]> store) {
        samples.drainDirty((key, bytes) -> {
            if (bytes == null) {
                store.remove(key);
            } else {
                store.put(key, bytes);
            }
        });
    }

    private void add(long at, long milliwatts) {
        assertThat(samples.add(0, at, at, milliwatts, ABSENT)).isTrue();
    }

    private SupplySamples.Integral power(long from, long to) {
        return samples.integrate(0, SupplySamples.POWER, from, to, HOLD);
    }

    private static SupplySamples samples() {
        SupplySamples samples = new SupplySamples();
        samples.grow(2);
        return samples;
    }
}
