package io.hallwatt.aggregate.rack;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.property.Any;
import io.hallwatt.contract.property.Seeds;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.RackReadingScan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The fast way of reading against the slow one: whatever the bytes, both say the same. */
class ScanningRackDecoderTest {
    private static final String USUAL =
            "{\"site\":\"tetouan\",\"hall\":\"h01\",\"rack\":\"r001\",\"at\":\"2026-01-15T12:00:00.250Z\","
                    + "\"sequence\":7,\"feedA\":{\"registerMilliwattHours\":123456789,\"volts\":[230.1,230.1,230.1],"
                    + "\"amps\":[41.25,41.25,41.255],\"watts\":[9300.5,9300.5,0.001]},\"feedB\":{\"watts\":27900},"
                    + "\"inlet\":{\"topCelsius\":24.5,\"bottomCelsius\":-2.05},\"outletCelsius\":35.5,\"humidityPercent\":45}";
    /** What a change may put in: all that the form knows, and some that it does not. */
    private static final String CHARACTERS = "0123456789.-+eE,:[]{}\" \nTZrh\\u\u00e9";

    private final ScanningRackDecoder scanning = new ScanningRackDecoder();
    private final CodecRackDecoder slow = new CodecRackDecoder();

    @Test
    void the_usual_form_takes_the_fast_way() {
        assertThat(new RackReadingScan().read(bytes(USUAL))).isTrue();
    }

    @ParameterizedTest
    @Seeds(1_000)
    void any_reading_is_read_as_the_codec_reads_it(Random seeded) {
        RackReading reading = Any.rackReading(seeded);

        same(Codecs.RACK_READING.write(reading));
    }

    @ParameterizedTest
    @Seeds(4_000)
    void a_report_with_some_characters_changed_is_read_or_refused_as_the_codec_does(Random seeded) {
        StringBuilder text = new StringBuilder(USUAL);
        for (int changes = seeded.nextInt(4); changes >= 0; changes--) {
            int place = seeded.nextInt(text.length());
            char character = CHARACTERS.charAt(seeded.nextInt(CHARACTERS.length()));
            switch (seeded.nextInt(3)) {
                case 0 -> text.setCharAt(place, character);
                case 1 -> text.insert(place, character);
                default -> text.deleteCharAt(place);
            }
        }

        same(bytes(text.toString()));
    }

    @ParameterizedTest
    @Seeds(1_000)
    void numbers_are_read_to_the_last_bit(Random seeded) {
        String digits = Long.toString(seeded.nextLong() >>> 1);
        String number = digits.substring(0, 1 + seeded.nextInt(digits.length()));
        int point = seeded.nextInt(number.length() + 1);
        String decimal = point == 0 || point == number.length()
                ? number
                : number.substring(0, point) + "." + number.substring(point);

        same(bytes(USUAL.replace("9300.5", decimal).replace("41.25,", decimal + ",")));
    }

    @Test
    void what_is_cut_off_anywhere_is_refused() {
        for (int length = 0; length < USUAL.length(); length++) {
            same(bytes(USUAL.substring(0, length)));
        }
    }

    @Test
    void odd_forms_are_left_to_the_codec() {
        for (String odd : List.of(
                USUAL.replace("\"r001\"", "\".r001\""),
                USUAL.replace("\"r001\"", "\"" + "r".repeat(64) + "\""),
                USUAL.replace("\"r001\"", "\"" + "r".repeat(65) + "\""),
                USUAL.replace(":7,", ":-7,"),
                USUAL.replace(":7,", ":07,"),
                USUAL.replace(":7,", ":9223372036854775807,"),
                USUAL.replace(":7,", ":92233720368547758070,"),
                USUAL.replace("24.5", "-0"),
                USUAL.replace("24.5", "1e1"),
                USUAL.replace("24.5", "null"),
                USUAL.replace("24.5", "0.1234567890123456789"),
                USUAL.replace("[41.25,41.25,41.255]", "[41.25,41.25]"),
                USUAL.replace("[41.25,41.25,41.255]", "[]"),
                USUAL.replace("[41.25,41.25,41.255]", "[1,2,3,4]"),
                USUAL.replace("[41.25,41.25,41.255]", "[1,2,3,]"),
                USUAL.replace("[41.25,41.25,41.255]", "[1,2,]"),
                USUAL.replace("[41.25,41.25,41.255]", "[,1,2]"),
                USUAL.replace("\"feedB\"", "\"feedA\""),
                USUAL.replace(",\"feedB\":{\"watts\":27900}", ",\"feedB\":{}"),
                USUAL.replace("{\"watts\":27900}", "{\"amps\":[1,2,3],\"watts\":[240,480.5,720]}"),
                USUAL.replace("}}", "} }"),
                USUAL + " ",
                USUAL + "{}")) {
            same(bytes(odd));
        }
    }

    private void same(byte[] bytes) {
        assertThat(outcome(scanning, bytes))
                .as(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo(outcome(slow, bytes));
    }

    private static String outcome(RackDecoder decoder, byte[] bytes) {
        RackReport report = new RackReport();
        try {
            decoder.decode(bytes, report);
        } catch (Malformed e) {
            return e.code() + " " + e.reason();
        }
        return String.join(
                " ",
                report.site,
                report.hall,
                report.rack,
                Long.toString(report.at),
                Long.toString(report.sequence),
                Arrays.toString(report.feedMilliwatts),
                Arrays.toString(report.feedRegister),
                Arrays.toString(report.milliamps),
                Arrays.toString(report.phaseMilliwatts),
                Arrays.toString(report.inlet),
                Long.toString(report.outlet),
                Long.toString(report.humidity),
                Long.toString(report.intervalStart),
                Long.toString(report.intervalMilliwattHours));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
