package io.hallwatt.alerting.expr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "80, 80",
        "010, 8",
        "0010, 8",
        "017, 15",
        "08, 8",
        "0778, 778",
        "010.0, 10",
        "010e1, 100",
        "0777777777777777777777777, 7.77777777777777777777777E23",
        "0x1F, 31",
        "0Xab, 171",
        "0x0000000000000000000010, 16",
        "0x7fffffffffffffff, 9.223372036854775807E18",
        "9223372036854775808, 9.223372036854775808E18",
        ".8, 0.8",
        "1., 1",
        "1.e3, 1000",
        "1E+3, 1000",
        "1e-3, 0.001",
        "1e0000003, 1000",
        "1e-400, 0",
        "iNf, Infinity",
        "NAN, NaN"
    })
    void reads_numbers_as_prometheus_does(String word, double value) {
        assertThat(NumberText.parse(word)).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "e3",
                "1e",
                "1e+",
                "0x",
                "0xg",
                "0x1.8",
                "0x1p3",
                "0x8000000000000000",
                "1_000",
                "0b1",
                "0o7",
                "1e400",
                "1..2",
                "infinity",
                "5m",
                "1e3.5",
                "-1"
            })
    void all_else_is_no_number(String word) {
        assertThat(NumberText.parse(word)).isEmpty();
    }
}
