package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InterpolationTest {
    @Test
    void a_share_is_rounded_down() {
        assertThat(Interpolation.share(10, 1, 3)).isEqualTo(3);
        assertThat(Interpolation.share(10, 2, 3)).isEqualTo(6);
        assertThat(Interpolation.share(10, 3, 3)).isEqualTo(10);
        assertThat(Interpolation.share(10, 0, 3)).isZero();
    }

    @Test
    void a_share_is_exact_where_the_product_has_64_bits() {
        long big = 3_037_000_500L; // its square is the first above 2^63

        assertThat(Interpolation.share(big, big, big)).isEqualTo(big);
    }

    @Test
    void a_share_is_exact_where_the_product_has_more_than_64_bits() {
        assertThat(Interpolation.share(1L << 40, 1L << 40, 1L << 41)).isEqualTo(1L << 39);
        assertThat(Interpolation.share(Long.MAX_VALUE, 999, 1_000)).isEqualTo(9_214_148_664_817_921_031L);
    }

    @Test
    void a_line_goes_through_both_its_ends_and_rounds_down_between_them() {
        assertThat(Interpolation.at(100, 100, 7, 130, 17)).isEqualTo(7);
        assertThat(Interpolation.at(110, 100, 7, 130, 17)).isEqualTo(10);
        assertThat(Interpolation.at(120, 100, 7, 130, 17)).isEqualTo(13);
        assertThat(Interpolation.at(130, 100, 7, 130, 17)).isEqualTo(17);
    }
}
