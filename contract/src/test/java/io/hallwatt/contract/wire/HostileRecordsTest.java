package io.hallwatt.contract.wire;

import static io.hallwatt.contract.RejectCode.MALFORMED;
import static io.hallwatt.contract.RejectCode.NOT_A_NUMBER;
import static io.hallwatt.contract.RejectCode.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallwatt.contract.RejectCode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rules of {@link StrictJson} do not let through, be it read or passed over. */
class HostileRecordsTest {
    private static final String GOOD =
            "{\"site\":\"s\",\"hall\":\"h\",\"window\":{\"start\":\"2026-01-15T12:00:00.000Z\","
                    + "\"resolution\":\"1s\"},\"revision\":0,\"completeness\":1,\"quantities\":{}}";

    static Stream<Arguments> documents() {
        return Stream.of(
                of("", MALFORMED, "value: "),
                of(GOOD.substring(0, 40), MALFORMED, "window: Unexpected end-of-input"),
                of(GOOD + "x", MALFORMED, "no JSON: Unrecognized token 'x'"),
                of(GOOD + GOOD, MALFORMED, "Trailing token"),
                of("// comment\n" + GOOD, MALFORMED, "no JSON: Unexpected character ('/'"),
                of(GOOD.replace("1,", "0x1,"), MALFORMED, "no JSON"),
                of("{'site':'s'}", MALFORMED, "no JSON"),
                of(GOOD.replace("{}}", "{},}"), MALFORMED, "no JSON"),
                of(with("1,\"x\":2"), MALFORMED, "no JSON: Duplicate field 'x'"),
                of(with("[{\"y\":1,\"y\":2}]"), MALFORMED, "Duplicate field 'y'"),
                of(with("NaN"), MALFORMED, "Non-standard token 'NaN'"),
                of(with("-Infinity"), MALFORMED, "no JSON"),
                of(with("01"), MALFORMED, "Leading zeroes not allowed"),
                of(with("+1"), MALFORMED, "no JSON"),
                of(with("1."), MALFORMED, "no JSON"),
                of(with("\"\u0000\""), MALFORMED, "no JSON"),
                of(with("[".repeat(10_000)), TOO_LARGE, "Document nesting depth (33) exceeds the maximum allowed (32)"),
                of(with("{\"x\":".repeat(40) + "1"), TOO_LARGE, "nesting depth (33)"),
                of(with("\"" + "y".repeat(70_000) + "\""), TOO_LARGE, "text of 70,000 characters; at most 65,536"),
                of(with("[\"" + "y".repeat(70_000) + "\"]"), TOO_LARGE, "text of 70,000 characters; at most 65,536"),
                of(with("1,\"" + "y".repeat(70_000) + "\":1"), TOO_LARGE, "ame"),
                of(with("9".repeat(65)), TOO_LARGE, "Number value length (65) exceeds the maximum allowed (64)"),
                of(GOOD + " ".repeat(8 * 1024 * 1024), TOO_LARGE, "bytes; a document has at most 8,388,608"),
                of(with("1e999"), NOT_A_NUMBER, "1e999: a number that 64 bits hold"),
                of(with("[1E+999]"), NOT_A_NUMBER, "1E+999: a number that 64 bits hold belongs here"),
                of(with("-1e-999999999"), NOT_A_NUMBER, "-1e-999999999: a number that 64 bits hold belongs here"),
                of(with("1e99999999999"), NOT_A_NUMBER, "1e99999999999: a number that 64 bits hold belongs here"),
                of(with("1e309"), NOT_A_NUMBER, "1e309: a number"),
                of(with("1e-325"), NOT_A_NUMBER, "1e-325: a number"),
                of(
                        GOOD.replace("ss\":1", "ss\":1e999"),
                        NOT_A_NUMBER,
                        "1e999: a number that 64 bits hold belongs here"),
                of(GOOD.replace("on\":0", "on\":99999999999"), NOT_A_NUMBER, "revision: "));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void each_is_refused_by_its_code_and_a_sentence(String document, RejectCode code, String part) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);

        Malformed malformed = catchThrowableOfType(Malformed.class, () -> Codecs.HALL_METRICS.read(bytes));

        assertThat(malformed).as("should be refused").isNotNull();
        assertThat(malformed.reason()).contains(part).hasSizeLessThan(300).doesNotContain("`");
        assertThat(malformed.code()).as(malformed.reason()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0e999",
                "-0.0",
                "1e30",
                "1e-30",
                "123456789012345678901234567890",
                "[[1,{\"y\":[2.5E3]}],3]",
                "\"\""
            })
    void what_is_in_bounds_is_taken(String value) throws Malformed {
        assertThat(Codecs.HALL_METRICS
                        .read(with(value).getBytes(StandardCharsets.UTF_8))
                        .revision())
                .isZero();
    }

    private static Arguments of(String document, RejectCode code, String part) {
        return Arguments.argumentSet(code + " " + part.replaceAll("\\P{Print}", "?"), document, code, part);
    }

    /** A field that no record knows: it is passed over, and yet read by the same rules. */
    private static String with(String value) {
        return GOOD.substring(0, GOOD.length() - 1) + ",\"x\":" + value + "}";
    }
}
