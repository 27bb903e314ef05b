package io.hallwatt.contract.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {
    @Test
    void one_is_no_plural() {
        assertThat(Count.of(1, "rack")).isEqualTo("1 rack");
        assertThat(Count.of(0, "rack")).isEqualTo("0 racks");
        assertThat(Count.of(8_000, "cooling unit")).isEqualTo("8,000 cooling units");
    }
}
