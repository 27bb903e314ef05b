package io.hallwatt.contract.wire;

import static io.hallwatt.contract.RejectCode.BAD_ID;
import static io.hallwatt.contract.RejectCode.BAD_TIME;
import static io.hallwatt.contract.RejectCode.MALFORMED;
import static io.hallwatt.contract.RejectCode.MISSING_VALUE;
import static io.hallwatt.contract.RejectCode.NOT_A_NUMBER;
import static io.hallwatt.contract.RejectCode.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.property.Any;
import io.hallwatt.contract.property.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not come through, and by which code it is refused. */
class HostileReadingsTest {
    private static final String GOOD =
            "{\"site\":\"s\",\"hall\":\"h\",\"rack\":\"r\",\"at\":\"2026-01-15T12:00:00.250Z\",\"sequence\":7}";

    static Stream<Arguments> documents() {
        return Stream.of(
                of("", MALFORMED, "empty"),
                of("   ", MALFORMED, "empty"),
                of("null", MALFORMED, "a JSON object belongs here, not null"),
                of("7", MALFORMED, "not 7"),
                of("\"text\"", MALFORMED, "not \"text\""),
                of("[]", MALFORMED, "not a list"),
                of("[" + GOOD + "]", MALFORMED, "not a list"),
                of("{", MALFORMED, "no JSON"),
                of("{}", MISSING_VALUE, "site is missing"),
                of(GOOD.substring(0, GOOD.length() - 1), MALFORMED, "no JSON"),
                of(GOOD.substring(0, 40), MALFORMED, "no JSON"),
                of(GOOD + "x", MALFORMED, "no JSON"),
                of(GOOD + GOOD, MALFORMED, "something follows"),
                of(GOOD + " null", MALFORMED, "something follows"),
                of("{'site':'s'}", MALFORMED, "no JSON"),
                of("// comment\n" + GOOD, MALFORMED, "no JSON"),
                of(GOOD.replace("7}", "7,}"), MALFORMED, "no JSON"),
                of("<reading site=\"s\"/>", MALFORMED, "no JSON"),
                of("\uFEFF" + GOOD, MALFORMED, "UTF-8"),
                of(with("\"site\":\"t\""), MALFORMED, "site: stands here twice"),
                of(with("\"x\":1,\"x\":2"), MALFORMED, "x: stands here twice"),
                of(with("\"x\":[{\"y\":1,\"y\":2}]"), MALFORMED, "x[0].y: stands here twice"),
                of(with("\"feedA\":{\"volts\":[],\"volts\":[]}"), MALFORMED, "feedA.volts: stands here twice"),
                of(with("\"x\":NaN"), MALFORMED, "JSON has no NaN"),
                of(with("\"x\":01"), MALFORMED, "no JSON"),
                of(with("\"x\":nulll"), MALFORMED, "no JSON"),
                of(with("\"x\":\"\u0000\""), MALFORMED, "no JSON"),
                of(with("\"x\":" + "[".repeat(10_000)), TOO_LARGE, "depth"),
                of(with("\"x\":" + "{\"x\":".repeat(40) + "1"), TOO_LARGE, "depth"),
                of(with("\"x\":\"" + "y".repeat(70_000) + "\""), TOO_LARGE, "x: text of 70,000"),
                of(with("\"" + "y".repeat(70_000) + "\":1"), TOO_LARGE, "ame"),
                of(with("\"x\":" + "9".repeat(100)), TOO_LARGE, "umber"),
                of(with("\"x\":\"y\"") + " ".repeat(1024 * 1024), TOO_LARGE, "a reading has at most 1,048,576"),
                of(with("\"outletCelsius\":NaN"), NOT_A_NUMBER, "outletCelsius"),
                of(with("\"outletCelsius\":-Infinity"), NOT_A_NUMBER, "outletCelsius"),
                of(with("\"outletCelsius\":\"35\""), NOT_A_NUMBER, "outletCelsius: a number belongs here, not \"35\""),
                of(with("\"outletCelsius\":true"), NOT_A_NUMBER, "not true"),
                of(with("\"outletCelsius\":{}"), MALFORMED, "not an object"),
                of(with("\"outletCelsius\":[1]"), MALFORMED, "not a list"),
                of(with("\"outletCelsius\":1e31"), NOT_A_NUMBER, "exponent"),
                of(with("\"outletCelsius\":1e999999999"), NOT_A_NUMBER, "exponent"),
                of(with("\"outletCelsius\":1e-999999999"), NOT_A_NUMBER, "exponent"),
                of(with("\"outletCelsius\":-1e-31"), NOT_A_NUMBER, "exponent"),
                of(with("\"outletCelsius\":0.00000000000000000000000000000001"), NOT_A_NUMBER, "exponent"),
                of(with("\"outletCelsius\":1" + "0".repeat(40)), NOT_A_NUMBER, "exponent"),
                of(GOOD.replace("7}", "7.5}"), NOT_A_NUMBER, "sequence: a whole number belongs here, not 7.5"),
                of(GOOD.replace("7}", "7e2}"), NOT_A_NUMBER, "whole number"),
                of(GOOD.replace("7}", "\"7\"}"), NOT_A_NUMBER, "whole number"),
                of(GOOD.replace("7}", "9223372036854775808}"), NOT_A_NUMBER, "64 bits"),
                of(GOOD.replace("7}", "null}"), MISSING_VALUE, "sequence is missing"),
                of(GOOD.replace(",\"sequence\":7", ""), MISSING_VALUE, "sequence is missing"),
                of(with("\"interval\":{\"start\":\"2026-01-15T11:00:00Z\"}"), MISSING_VALUE, "interval.milliwattHours"),
                of(with("\"feedA\":{\"volts\":[1],\"amps\":[1]}"), MISSING_VALUE, "feedA.watts is missing"),
                of(with("\"feedA\":{\"volts\":[1,null,1]}"), MISSING_VALUE, "feedA.volts[1] is missing"),
                of(
                        with("\"feedB\":{\"volts\":[1,1],\"amps\":[1,1],\"watts\":[1]}"),
                        MALFORMED,
                        "feedB: 2 volts, 2 amps and 1 watts"),
                of(with("\"feedA\":{\"volts\":[1,1,1,1]}"), MALFORMED, "more than 3"),
                of(with("\"feedA\":{\"volts\":230}"), MALFORMED, "feedA.volts: a list"),
                of(with("\"feedA\":7"), MALFORMED, "feedA: an object belongs here, not 7"),
                of(GOOD.replace("\"s\"", "\"\""), BAD_ID, "site: site id \"\""),
                of(GOOD.replace("\"s\"", "\"../etc\""), BAD_ID, "../etc"),
                of(GOOD.replace("\"r\"", "\"r 1\""), BAD_ID, "rack: rack id \"r 1\""),
                of(GOOD.replace("\"h\"", "\"" + "h".repeat(65) + "\""), BAD_ID, "hall"),
                of(GOOD.replace("\"h\"", "\"h\\u0000\""), BAD_ID, "hall id \"h?\""),
                of(GOOD.replace("\"h\"", "\"h\\ud800\""), BAD_ID, "hall"),
                of(GOOD.replace("\"h\"", "5"), BAD_ID, "an id is text, not 5"),
                of(GOOD.replace("\"h\"", "null"), MISSING_VALUE, "hall is missing"),
                of(at("2026-01-15T12:00:00.250001Z"), BAD_TIME, "at"),
                of(at("2026-01-15T12:00:00"), BAD_TIME, "at"),
                of(at("2026-01-15T12:00:00+01:00"), BAD_TIME, "at"),
                of(at("2026-02-29T12:00:00Z"), BAD_TIME, "2026-02-29"),
                of(at("2026-01-15T24:00:00Z"), BAD_TIME, "at"),
                of(at("2026-01-15T12:00:60Z"), BAD_TIME, "at"),
                of(at("15/01/2026"), BAD_TIME, "15/01/2026"),
                of(GOOD.replace("\"2026-01-15T12:00:00.250Z\"", "1768478400250"), BAD_TIME, "1768478400250"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void each_is_refused_by_its_code_and_a_sentence(String document, RejectCode code, String part) {
        refused(document.getBytes(StandardCharsets.UTF_8), code, part);
    }

    @Test
    void bytes_that_are_no_utf8_are_refused() {
        refused(GOOD.getBytes(StandardCharsets.UTF_16LE), MALFORMED, "UTF-8");
        refused(GOOD.getBytes(StandardCharsets.UTF_16BE), MALFORMED, "UTF-8");
        refused(with("\"x\":\"\u00ff\"").getBytes(StandardCharsets.ISO_8859_1), MALFORMED, "UTF-8");
    }

    @Test
    void a_good_one_with_zeros_of_all_kinds_is_taken() throws Malformed {
        byte[] bytes = with("\"outletCelsius\":-0.0,\"humidityPercent\":0e-99,\"x\":1e999,\"feedA\":{},\"feedB\":null")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(Codecs.RACK_READING.read(bytes).humidityPercent()).isZero();
    }

    @ParameterizedTest
    @Seeds(300)
    void bytes_changed_at_random_give_a_reading_or_a_sentence(Random seeded) {
        byte[] bytes = Codecs.RACK_READING.write(Any.rackReading(seeded));
        for (int changes = 1 + seeded.nextInt(3); changes > 0; changes--) {
            bytes[seeded.nextInt(bytes.length)] = (byte) seeded.nextInt(256);
        }
        byte[] cut = Arrays.copyOf(bytes, seeded.nextInt(4) == 0 ? seeded.nextInt(bytes.length) : bytes.length);

        Malformed malformed = catchThrowableOfType(Malformed.class, () -> Codecs.RACK_READING.read(cut));

        if (malformed != null) {
            assertThat(malformed.reason()).isNotBlank().hasSizeLessThan(400);
        }
    }

    private static void refused(byte[] bytes, RejectCode code, String part) {
        Malformed malformed = catchThrowableOfType(Malformed.class, () -> Codecs.RACK_READING.read(bytes));

        assertThat(malformed).as("should be refused").isNotNull();
        assertThat(malformed.reason()).contains(part).hasSizeLessThan(400);
        assertThat(malformed.code()).as(malformed.reason()).isEqualTo(code);
    }

    private static Arguments of(String document, RejectCode code, String part) {
        return Arguments.argumentSet(code + " " + part.replaceAll("\\P{Print}", "?"), document, code, part);
    }

    private static String with(String field) {
        return GOOD.replace("7}", "7," + field + "}");
    }

    private static String at(String time) {
        return GOOD.replace("2026-01-15T12:00:00.250Z", time);
    }
}
