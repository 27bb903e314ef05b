package io.hallwatt.ingest.simulate.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeatherTest {
    private static final double LONGITUDE = -5.37;
    private static final double DAY = 86_400;

    @ParameterizedTest
    @CsvSource({"2026-01-16, 16.2, 8.8", "2026-04-16, 19.2, 11.2", "2026-08-16, 28.6, 19.1", "2026-11-16, 19.6, 12.2"})
    void mid_months_days_swing_between_the_normals(String day, double high, double low) {
        double noon = (double) Instant.parse(day + "T12:00:00Z").getEpochSecond();
        double most = -100;
        double least = 100;
        for (int minute = -720; minute < 720; minute++) {
            double celsius = Climate.normalCelsius(noon + 60.0 * minute, LONGITUDE);
            most = Math.max(most, celsius);
            least = Math.min(least, celsius);
        }

        // The normals' own mean is not in the middle of high and low to a tenth.
        assertThat(most).isCloseTo(high, within(0.3));
        assertThat(least).isCloseTo(low, within(0.3));
    }

    @Test
    void days_are_warmer_and_colder_than_normal_by_two_kelvin() {
        Climate climate = new Climate(1, LONGITUDE);
        double noon = (double) Instant.parse("2026-01-01T12:00:00Z").getEpochSecond();
        double squares = 0;
        double sum = 0;
        int days = 3000;
        for (int d = 0; d < days; d++) {
            double spell = climate.celsius(noon + d * DAY) - Climate.normalCelsius(noon + d * DAY, LONGITUDE);
            sum += spell;
            squares += spell * spell;
        }

        assertThat(sum / days).isCloseTo(0, within(0.3));
        assertThat(Math.sqrt(squares / days)).isBetween(1.5, 2.2);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 50, 9.255175",
        "24, 45, 11.330423",
        "27, 60, 18.570707",
        "30, 80, 26.168846",
        "18, 8, -16.837793",
        "35, 20, 8.688246",
        "0, 100, 0",
        "25, 100, 25"
    })
    void air_has_its_dew_point(double celsius, double humidity, double dewPoint) {
        assertThat(MoistAir.dewPointCelsius(celsius, humidity)).isCloseTo(dewPoint, within(1e-6));
        assertThat(MoistAir.humidityPercent(celsius, dewPoint)).isCloseTo(humidity, within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.784", "3, 0.790", "7, 0.845", "10, 0.839"})
    void clouds_take_what_the_month_says_on_the_mean_of_many_years(int month, double clearness) {
        double sum = 0;
        double light = 0;
        for (int year = 1980; year < 2040; year++) {
            Clouds clouds = new Clouds(42, LONGITUDE);
            double start =
                    Instant.parse("%d-%02d-01T00:00:00Z".formatted(year, month)).getEpochSecond();
            for (int hour = 0; hour < 28 * 24; hour++) {
                double clear = Sun.at(start + 3600.0 * hour, 35.57, LONGITUDE).clearSkyWattsPerSquareMetre();
                if (clear > 0) {
                    sum += clear * clouds.factor(start + 3600.0 * hour);
                    light += clear;
                }
            }
        }

        assertThat(sum / light).isCloseTo(clearness, within(0.03));
    }

    @Test
    void clouds_stay_within_their_bounds_and_remember_for_minutes() {
        Clouds clouds = new Clouds(9, LONGITUDE);
        double start = (double) Instant.parse("2026-04-03T08:00:00Z").getEpochSecond();
        double steepest = 0;
        for (int s = 0; s < 30 * 86_400; s += 5) {
            double factor = clouds.factor(start + s);
            assertThat(factor).isBetween(0.15, 1.05);
            if (s % 86_400 < 10 * 3600 - 10) {
                steepest = Math.max(steepest, Math.abs(factor - clouds.factor(start + s + 5)));
            }
        }

        assertThat(steepest).isBetween(0.002, 0.1); // in five seconds
    }

    @Test
    void wind_has_the_weibull_mean_of_the_strait() {
        Wind wind = new Wind(3);
        double sum = 0;
        int hours = 5 * 8766;
        for (int h = 0; h < hours; h++) {
            sum += wind.metresPerSecond(3600.0 * h + 17);
        }

        assertThat(sum / hours).isBetween(8.2, 9.8); // scale 10, shape 2: mean 8.86
    }
}
