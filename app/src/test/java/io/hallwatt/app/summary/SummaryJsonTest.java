package io.hallwatt.app.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.contract.config.InvalidInput;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SummaryJsonTest {
    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("", "run.json: empty; a JSON summary was expected"),
                Arguments.of("{\"a\":1,\"a\":2}", "run.json: no JSON: Duplicate field 'a'"),
                Arguments.of("{\"a\":1} x", "run.json: no JSON: Unrecognized token 'x'"),
                Arguments.of("{\"a\":1}{}", "run.json: no JSON: Trailing token"),
                Arguments.of("{\"a\":NaN}", "run.json: no JSON: Non-standard token 'NaN'"),
                Arguments.of("{\"a\":1e999}", "run.json: 1e999: a number that 64 bits hold"),
                Arguments.of("{\"a\":" + "9".repeat(65) + "}", "run.json: Number value length (65)"),
                Arguments.of("[".repeat(33), "run.json: Document nesting depth (33)"),
                Arguments.of("\"" + "y".repeat(70_000) + "\"", "run.json: text of 70,000 characters"),
                Arguments.of("{}" + " ".repeat(8 * 1024 * 1024), "run.json: 8,388,610 characters; a document has at"));
    }

    @ParameterizedTest
    @MethodSource
    void hostile(String text, String sentence) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> SummaryJson.read("run.json", text))
                .satisfies(
                        e -> assertThat(e.faults()).singleElement().asString().startsWith(sentence));
    }

    @Test
    void what_is_written_is_read_back_to_the_last_digit() {
        JsonNode document = SummaryJson.read(
                "run.json", SummaryJson.write(Map.of("share", new BigDecimal("0.646387493073"), "mWh", 1L << 62)));

        assertThat(document.at("/share").decimalValue()).isEqualByComparingTo("0.646387493073");
        assertThat(document.at("/mWh").longValue()).isEqualTo(1L << 62);
    }
}
