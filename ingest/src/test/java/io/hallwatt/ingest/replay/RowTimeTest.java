package io.hallwatt.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.wire.Malformed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowTimeTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "2022-01-01 00:00:00+00:00, 2022-01-01T00:00:00Z",
        "2022-01-01T00:00:00Z, 2022-01-01T00:00:00Z",
        "2022-01-01T01:00:00.123456+0100, 2022-01-01T00:00:00.123Z",
        "2022-06-01T00:00, 2022-06-01T04:00:00Z",
    })
    void iso_times_are_read_with_or_without_offset(String text, Instant expected) throws Malformed {
        RowTime time = new RowTime("t", 0, RowTime.ISO, NEW_YORK, RowTime.Overlap.EARLIER, Duration.ZERO);

        assertThat(time.read(column -> text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"EARLIER, 2024-11-03T05:00:00Z", "LATER, 2024-11-03T06:00:00Z"})
    void an_hour_that_exists_twice_is_the_one_that_the_mapping_says(RowTime.Overlap overlap, Instant expected)
            throws Malformed {
        RowTime time = new RowTime("t", 19, RowTime.pattern("yyyy-MM-dd HH:mm:ss"), NEW_YORK, overlap, Duration.ZERO);

        assertThat(time.read(column -> "2024-11-03 01:00:00.000")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1704067200.5, 2024-01-01T00:00:00.500Z", "1, 1704067200500, 2024-01-01T00:00:00.500Z"})
    void counts_since_1970_are_read_exactly(long millisPerUnit, String text, Instant expected) throws Malformed {
        RowTime time = new RowTime(
                "t", 0, new RowTime.Form.Epoch(millisPerUnit), null, RowTime.Overlap.EARLIER, Duration.ZERO);

        assertThat(time.read(column -> text)).isEqualTo(expected);
    }

    @Test
    void a_shift_moves_the_instant_and_not_the_wall_clock() throws Malformed {
        RowTime time = new RowTime("t", 0, RowTime.ISO, null, RowTime.Overlap.EARLIER, Duration.ofDays(730));

        assertThat(time.read(column -> "2022-03-01 00:00:00+00:00")).isEqualTo("2024-02-29T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-03-10 02:30:00",
                "2024-02-30 00:00:00",
                "2024-13-01 00:00:00",
                "yesterday and a bit",
                "2024-03-10",
                "1969-12-31 00:00:00",
                "20240310"
            })
    void what_is_no_instant_is_a_bad_time(String text) {
        RowTime time = new RowTime(
                "t", 19, RowTime.pattern("yyyy-MM-dd HH:mm:ss"), NEW_YORK, RowTime.Overlap.EARLIER, Duration.ZERO);

        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> time.read(column -> text))
                .satisfies(malformed -> assertThat(malformed.code()).isEqualTo(RejectCode.BAD_TIME))
                .satisfies(malformed -> assertThat(malformed.reason()).contains(text));
    }
}
