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

    @ParameterizedTest
    @Seeds(200)
    void phases_of_any_size_and_fineness_add_up_as_the_codec_adds_them(Random seeded) {
        StringBuilder watts = new StringBuilder();
        for (int phase = 0; phase < 3; phase++) {
            long whole = seeded.nextLong(100_000_000_000L) >> seeded.nextInt(37);
            String decimals =
                    Long.toString(1_000_000 + seeded.nextInt(1_000_000)).substring(1, 2 + seeded.nextInt(5));
            watts.append(phase == 0 ? "" : ",")
                    .append(seeded.nextInt(4) == 0 ? "-" : "")
                    .append(whole);
            watts.append(seeded.nextInt(3) == 0 ? "" : "." + decimals);
        }

        same(bytes(USUAL.replace("9300.5,9300.5,0.001", watts)));
    }

    @Test
    void times_are_read_alike_one_after_the_other() {
        for (String at : List.of(
                "\0".repeat(19) + ".250Z",
                "2026-01-15T12:00:00.250Z",
                "2026-01-15T12:00:00.999Z",
                "2026-01-15T12:00:00.25Z",
                "2026-01-15T12:00:00Z",
                "2026-01-15T12:00:00.000Z",
                "2026-01-15T12:00:00.0x0Z",
                "2026-01-15T12:00:00.000z",
                "2026-01-15T12:00:00.0000Z",
                "2026-01-15T12:00:00,000Z",
                "2026-01-15T12:00:01.000Z",
                "2026-01-15T12:00:60.000Z",
                "2026-01-15T12:00:60.001Z",
                "1969-12-31T23:59:59.001Z",
                "1969-12-31T23:59:59.002Z")) {
            same(bytes(USUAL.replace("2026-01-15T12:00:00.250Z", at)));
        }
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

    /** By itself, and among others that could be taken for part of it. */
    private void same(byte[] bytes) {
        String expected = outcome(slow, bytes, 0, bytes.length);
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(outcome(scanning, bytes, 0, bytes.length)).as(text).isEqualTo(expected);
        for (char neighbour : new char[] {'0', '9', '{', '"', '}', ','}) {
            byte[] among = new byte[bytes.length + 20];
            Arrays.fill(among, (byte) neighbour);
            System.arraycopy(bytes, 0, among, 10, bytes.length);
            assertThat(outcome(scanning, among, 10, 10 + bytes.length))
                    .as("%s between %s", text, neighbour)
                    .isEqualTo(expected);
        }
    }

    private static String outcome(RackDecoder decoder, byte[] bytes, int from, int to) {
        RackReport report = new RackReport();
        try {
            decoder.decode(bytes, from, to, report);
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
