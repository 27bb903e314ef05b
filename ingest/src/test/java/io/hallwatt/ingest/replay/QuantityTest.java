package io.hallwatt.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.wire.Malformed;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    private static Quantity in(MeasuringUnit unit, String scale) {
        return new Quantity("q", unit, new BigDecimal(scale), false);
    }

    @ParameterizedTest
    @CsvSource({
        "50.12375, WATT, 1000, 3600000, 50123750",
        "0.0000005, WATT, 1000, 3600000, 0", // half goes to the even
        "0.0000015, WATT, 1000, 3600000, 2",
        "0.1, WATT, 1, 1000, 0",
        "16317, WATT, 9, 3600000, 146853000",
        "1.5, KILOWATT_HOUR, 1, 900000, 1500000",
        "123456789.1234565, MEGAWATT, 1, 3600000, 123456789123456500",
    })
    void energy_is_exact_up_to_one_rounding(String text, MeasuringUnit unit, String scale, long millis, long expected)
            throws Malformed {
        assertThat(in(unit, scale).energy(column -> text, false, millis)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "77, FAHRENHEIT, 25", "300.15, KELVIN, 27", "45, PERCENT, 0.45", "36, CUBIC_METRES_PER_HOUR, 10",
        "600, LITRES_PER_MINUTE, 10", "1.2e3, KILOWATT, 1200000", "-5, CELSIUS, -5",
                "335.25, GRAMS_PER_KILOWATT_HOUR, 335.25"
    })
    void units_become_ours(String text, MeasuringUnit unit, double expected) throws Malformed {
        assertThat(in(unit, "1").number(column -> text, false)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void registers_are_whole_milliwatt_hours() throws Malformed {
        assertThat(in(MeasuringUnit.KILOWATT_HOUR, "1").whole(column -> "4294967.2953", false))
                .isEqualTo(4_294_967_295_300L);
    }

    @Test
    void a_decimal_comma_is_read_where_the_mapping_says_so() throws Malformed {
        assertThat(in(MeasuringUnit.WATT, "1").number(column -> "12,5", true)).isEqualTo(12.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n/a", "NaN", "Infinity", "1,5", "1e99", "0x10", "12 W", "--1", "."})
    void text_that_is_no_decimal_number_is_refused(String text) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> in(MeasuringUnit.WATT, "1").number(column -> text, false))
                .satisfies(malformed -> assertThat(malformed.code()).isEqualTo(RejectCode.NOT_A_NUMBER));
    }

    @Test
    void more_energy_than_64_bits_hold_is_implausible() {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> in(MeasuringUnit.MEGAWATT, "1").energy(column -> "1e15", false, 3_600_000))
                .satisfies(malformed -> assertThat(malformed.code()).isEqualTo(RejectCode.IMPLAUSIBLE_VALUE));
    }
}
