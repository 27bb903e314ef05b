package io.hallwatt.alerting.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesValuesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({
        "1 2 3, 1.0 2.0 3.0",
        "1+2x3, 1.0 3.0 5.0 7.0",
        "10-2.5x2, 10.0 7.5 5.0",
        "-1x2, -1.0 -1.0 -1.0",
        "1--1x1, none",
        "1e2 .5 1., 100.0 0.5 1.0",
        "Inf -inf +Inf nan, Infinity -Infinity Infinity NaN",
        "4 stale 5, 4.0 NaN 5.0",
        "3 _ _x2 9, 3.0 3.0 3.0 3.0 9.0",
        "_x2 1, NaN NaN 1.0"
    })
    void the_notation_is_promtools(String text, String values) {
        if (values.equals("none")) {
            assertThat(fault(text)).isNotNull();
        } else {
            assertThat(at(text, values.split(" ").length)).isEqualTo(values);
        }
    }

    @Test
    void a_sample_stands_for_five_minutes_and_between_samples() throws TextFault {
        SeriesValues values = SeriesValues.parse("7");

        assertThat(values.at(Duration.ofSeconds(59), MINUTE)).isEqualTo(7);
        assertThat(values.at(Duration.ofMinutes(5), MINUTE)).isEqualTo(7);
        assertThat(values.at(Duration.ofMinutes(5).plusSeconds(1), MINUTE)).isNaN();
    }

    @Test
    void a_fault_says_where_and_what_to_write() {
        assertThat(fault("1 2 three 4")).satisfies(fault -> {
            assertThat(fault.offset()).isEqualTo(4);
            assertThat(fault.sentence()).contains("\"three\"").contains("1+2x3");
        });
        assertThat(fault("{{schema:0}}").sentence()).contains("native histogram");
        assertThat(fault("1x99999999").sentence()).contains("1,000,000");
    }

    private static TextFault fault(String text) {
        return catchThrowableOfType(TextFault.class, () -> SeriesValues.parse(text));
    }

    private static String at(String text, int count) {
        try {
            SeriesValues values = SeriesValues.parse(text);
            return IntStream.range(0, count)
                    .mapToObj(i -> Double.toString(values.at(MINUTE.multipliedBy(i), MINUTE)))
                    .collect(java.util.stream.Collectors.joining(" "));
        } catch (TextFault e) {
            return e.sentence();
        }
    }
}
