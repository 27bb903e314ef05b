package io.hallwatt.ingest.replay;

import static io.hallwatt.contract.RejectCode.MALFORMED;
import static io.hallwatt.contract.RejectCode.NOT_A_NUMBER;
import static io.hallwatt.contract.RejectCode.NOT_DATA;
import static io.hallwatt.contract.RejectCode.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.wire.Malformed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRowsTest {
    private final JsonRows rows = new JsonRows(
            new Mapping.Shape(Mapping.Format.JSONL, ',', false, List.of(), 0, Set.of("n/a"), false, Map.of()));

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("", NOT_DATA, "an empty line, a JSON object expected."),
                Arguments.of("[1]", NOT_DATA, "no JSON object (\"[1]\")."),
                Arguments.of("(1 row)", MALFORMED, "no JSON: Unexpected character ('('"),
                Arguments.of("{\"t\":1", MALFORMED, "no JSON: Unexpected end-of-input"),
                Arguments.of("{\"t\":1} {\"t\":2}", MALFORMED, "text follows the JSON object; write one a line."),
                Arguments.of("{\"t\":1,\"t\":2}", MALFORMED, "no JSON: Duplicate field 't'"),
                Arguments.of("{\"t\":1,\"x\":[{\"y\":1,\"y\":2}]}", MALFORMED, "no JSON: Duplicate field 'y'"),
                Arguments.of("{\"p\":{\"w\":5},\"p.w\":7}", MALFORMED, "two keys are column \"p.w\""),
                Arguments.of("{\"p.w\":7,\"p\":{\"w\":5}}", MALFORMED, "two keys are column \"p.w\""),
                Arguments.of("{\"p\":{\"w\":null},\"p.w\":7}", MALFORMED, "two keys are column \"p.w\""),
                Arguments.of("{\"p\":{\"w\":\"n/a\"},\"p.w\":7}", MALFORMED, "two keys are column \"p.w\""),
                Arguments.of("{\"t\":NaN}", MALFORMED, "no JSON: Non-standard token 'NaN'"),
                Arguments.of("{\"t\":1e999}", NOT_A_NUMBER, "1e999: a number that 64 bits hold"),
                Arguments.of("{\"t\":1,\"x\":[1e999]}", NOT_A_NUMBER, "1e999: a number"),
                Arguments.of("{\"t\":" + "9".repeat(65) + "}", TOO_LARGE, "Number value length (65)"),
                Arguments.of("{\"t\":" + "[".repeat(40) + "]".repeat(40) + "}", TOO_LARGE, "nesting depth (33)"),
                Arguments.of("{\"t\":\"" + "y".repeat(70_000) + "\"}", TOO_LARGE, "text of 70,000 characters"));
    }

    @ParameterizedTest
    @MethodSource
    void hostile(String line, RejectCode code, String part) {
        Malformed malformed = catchThrowableOfType(Malformed.class, () -> rows.parse(line));

        assertThat(malformed).as("should be refused").isNotNull();
        assertThat(malformed.reason()).contains(part).endsWith(".").hasSizeLessThan(300);
        assertThat(malformed.code()).as(malformed.reason()).isEqualTo(code);
    }

    @Test
    void cells_are_named_by_their_path_and_keep_their_digits() throws Malformed {
        Cells cells =
                rows.parse("{\"a\":{\"b\":1.50},\"list\":[1,{\"c\":2}],\"none\":null,\"gone\":\"n/a\",\"on\":true}");

        assertThat(cells.get("a.b")).isEqualTo("1.50");
        assertThat(cells.get("on")).isEqualTo("true");
        assertThat(cells.get("list")).isNull();
        assertThat(cells.get("none")).isNull();
        assertThat(cells.get("gone")).isNull();
    }
}
