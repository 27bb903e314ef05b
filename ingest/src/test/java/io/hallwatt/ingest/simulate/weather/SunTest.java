package io.hallwatt.ingest.simulate.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import net.e175.klaus.solarpositioning.SPA;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SunTest {
    private static final double LATITUDE = 35.57;
    private static final double LONGITUDE = -5.37;

    @ParameterizedTest
    @CsvSource({
        "2026-03-20T12:00:00Z,  -0.0433,  -7.4330,  -7.2282,  53.7555, 167.7127,  823.07",
        "2026-06-21T06:00:00Z,  23.4381,  -1.7699, -95.8125,   8.9629,  67.5265,  117.14",
        "2026-06-21T12:20:00Z,  23.4380,  -1.8273,  -0.8268,  77.8469, 176.3944, 1010.53",
        "2026-06-21T18:00:00Z,  23.4376,  -1.8786,  84.1603,  17.8967, 286.4346,  278.47",
        "2026-09-23T09:00:00Z,  -0.1433,   7.5690, -48.4777,  32.5312, 117.3734,  529.10",
        "2026-12-21T12:20:00Z, -23.4373,   1.9161,   0.1090,  30.9926, 180.1167,  504.18",
        "2026-12-21T16:00:00Z, -23.4377,   1.8404,  55.0901,  11.2870, 230.1060,  158.98",
        "2024-02-29T15:30:00Z,  -7.6156, -12.3875,  44.0331,  30.1682, 232.8329,  490.67",
        "2026-01-15T00:00:00Z, -21.1599,  -9.2296, 172.3226, -74.0996, 332.9507,    0"
    })
    void stands_where_the_formula_says(
            Instant at,
            double declination,
            double equation,
            double hourAngle,
            double elevation,
            double azimuth,
            double ghi) {
        Sun sun = Sun.at((double) at.getEpochSecond(), LATITUDE, LONGITUDE);

        assertThat(sun.declinationDegrees()).isCloseTo(declination, within(0.0002));
        assertThat(sun.equationOfTimeMinutes()).isCloseTo(equation, within(0.0002));
        assertThat(sun.hourAngleDegrees()).isCloseTo(hourAngle, within(0.0002));
        assertThat(sun.elevationDegrees()).isCloseTo(elevation, within(0.0002));
        assertThat(sun.azimuthDegrees()).isCloseTo(azimuth, within(0.0002));
        assertThat(sun.clearSkyWattsPerSquareMetre()).isCloseTo(ghi, within(0.01));
    }

    @Test
    void agrees_with_what_pysunnoaa_prints_for_another_place() {
        Sun sun = Sun.at((double) Instant.parse("2010-06-21T15:54:00Z").getEpochSecond(), 40, -105);

        assertThat(sun.elevationDegrees()).isCloseTo(47.346932081680364, within(1e-6));
        assertThat(sun.azimuthDegrees()).isCloseTo(98.30691558695895, within(1e-6));
    }

    @Test
    void agrees_with_nrels_algorithm_all_through_a_year() {
        ZonedDateTime hour = ZonedDateTime.of(2026, 1, 1, 0, 30, 0, 0, ZoneOffset.UTC);
        double worst = 0;
        for (int i = 0; i < 8760; i += 7) {
            ZonedDateTime at = hour.plusHours(i);
            var judge = SPA.calculateSolarPosition(at, LATITUDE, LONGITUDE, 0, 69);
            Sun sun = Sun.at((double) at.toEpochSecond(), LATITUDE, LONGITUDE);
            worst = Math.max(worst, Math.abs(sun.elevationDegrees() - (90 - judge.zenithAngle())));
        }

        assertThat(worst).isLessThan(0.015);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3.36",
        "2, 4.45",
        "3, 5.91",
        "4, 7.33",
        "5, 8.32",
        "6, 8.73",
        "7, 8.53",
        "8, 7.73",
        "9, 6.45",
        "10, 4.95",
        "11, 3.65",
        "12, 3.03"
    })
    void gives_each_month_of_2026_its_clear_light(int month, double kilowattHoursPerDay) {
        ZonedDateTime start = ZonedDateTime.of(2026, month, 1, 0, 0, 30, 0, ZoneOffset.UTC);
        int days = start.toLocalDate().lengthOfMonth();
        double sum = 0;
        for (int minute = 0; minute < days * 1440; minute++) {
            sum += Sun.at((double) start.toEpochSecond() + 60.0 * minute, LATITUDE, LONGITUDE)
                            .clearSkyWattsPerSquareMetre()
                    / 60;
        }

        assertThat(sum / days / 1000).isCloseTo(kilowattHoursPerDay, within(0.02));
    }
}
