package io.hallwatt.aggregate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateWriterTest {
    private final StateWriter out = new StateWriter(3);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 8_191, 8_192, Long.MAX_VALUE, Long.MIN_VALUE})
    void a_number_comes_back_whatever_its_size_and_sign(long number) {
        out.integer(number);
        out.integer(-7); // nothing of the first is left to the second

        StateReader in = read();
        assertThat(in.integer()).isEqualTo(number);
        assertThat(in.integer()).isEqualTo(-7);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 41, 42, 43, -42, Long.MAX_VALUE - 1, Long.MIN_VALUE})
    void a_number_that_may_be_absent_comes_back(long number) {
        out.integerOr(number, 42);
        out.integerOr(42, 42);

        StateReader in = read();
        assertThat(in.integerOr(42)).isEqualTo(number);
        assertThat(in.integerOr(42)).isEqualTo(42);
    }

    @Test
    void what_is_absent_takes_one_byte_and_small_numbers_too() {
        out.integerOr(Long.MIN_VALUE, Long.MIN_VALUE);
        out.integer(63);
        out.integer(-64);
        out.flag(true);

        assertThat(out.toBytes()).containsExactly(3, 0, 126, 127, 2);
    }

    @Test
    void texts_flags_counts_and_lists_come_back_and_more_than_the_first_buffer_holds() {
        String text = "crâh-1".repeat(150);
        out.flag(true);
        out.text("a");
        out.text(text);
        out.flag(false);
        out.text("");
        for (int i = 0; i < 100; i++) {
            out.integers(new long[] {Long.MIN_VALUE, i, 9}, 2);
        }

        StateReader in = read();
        assertThat(in.flag()).isTrue();
        assertThat(in.text()).isEqualTo("a");
        assertThat(in.text()).isEqualTo(text);
        assertThat(in.flag()).isFalse();
        assertThat(in.text()).isEmpty();
        for (int i = 0; i < 100; i++) {
            long[] two = {1, 1, 1};
            in.integers(two, 2);
            assertThat(two).containsExactly(Long.MIN_VALUE, i, 1);
        }
    }

    @Test
    void another_layout_is_refused_with_what_to_do() {
        assertThatThrownBy(() -> new StateReader(out.toBytes(), 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("layout 3, this program reads layout 4");
        assertThatThrownBy(() -> new StateReader(new byte[0], 4)).hasMessageContaining("layout -1");
    }

    private StateReader read() {
        return new StateReader(out.toBytes(), 3);
    }
}
