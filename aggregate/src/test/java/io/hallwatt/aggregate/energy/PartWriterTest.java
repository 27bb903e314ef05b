package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartWriterTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 127, 128, 8_191, 8_192, Long.MAX_VALUE, Long.MIN_VALUE})
    void a_number_comes_back_whatever_its_size_and_sign(long number) {
        PartWriter out = new PartWriter();
        out.number(number);
        out.number(-7); // nothing of the first is left to the second

        PartReader in = new PartReader(out.toBytes());

        assertThat(in.number()).isEqualTo(number);
        assertThat(in.number()).isEqualTo(-7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE})
    void a_count_comes_back(int count) {
        PartWriter out = new PartWriter();
        out.count(count);

        assertThat(new PartReader(out.toBytes()).count()).isEqualTo(count);
    }

    @Test
    void small_numbers_take_one_byte_whatever_their_sign() {
        PartWriter out = new PartWriter();
        out.number(63);
        out.number(-64);
        out.count(127);

        assertThat(out.toBytes()).containsExactly(126, 127, 127);
    }

    @Test
    void texts_and_flags_come_back_and_more_than_the_first_buffer_holds() {
        String text = "crâh-1/é".repeat(100);
        PartWriter out = new PartWriter();
        out.flag(true);
        out.text(text);
        out.flag(false);
        out.text("");
        out.text("b");

        PartReader in = new PartReader(out.toBytes());

        assertThat(in.flag()).isTrue();
        assertThat(in.text()).isEqualTo(text);
        assertThat(in.flag()).isFalse();
        assertThat(in.text()).isEmpty();
        assertThat(in.text()).isEqualTo("b");
    }
}
