package io.hallwatt.contract.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaidTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Topic 'site' already exists.     | Topic 'site' already exists
            no answer in 10 s                | no answer in 10 s
            it waits for 1.5 s...            | it waits for 1.5 s
            shown in part …                  | shown in part …
            'ends its line.\n'               | ends its line
            """)
    void a_sentence_of_ours_ends_it_once(String text, String inside) {
        assertThat(Said.of(text)).isEqualTo(inside);
        assertThat(Said.by(new IOException(text))).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"null", "' '"},
            nullValues = "null")
    void a_fault_that_says_nothing_is_told_by_its_kind(String message) {
        assertThat(Said.by(new IOException(message))).isEqualTo("IOException");
    }
}
