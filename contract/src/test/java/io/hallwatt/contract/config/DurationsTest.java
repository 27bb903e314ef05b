package io.hallwatt.contract.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.property.Seeds;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @Test
    void units_stand_from_the_largest_to_the_smallest() {
        assertThat(Durations.parse("500ms")).contains(Duration.ofMillis(500));
        assertThat(Durations.parse("1h30m")).contains(Duration.ofMinutes(90));
        assertThat(Durations.parse("1w2d3h4m5s6ms"))
                .contains(Duration.ofDays(9)
                        .plusHours(3)
                        .plusMinutes(4)
                        .plusSeconds(5)
                        .plusMillis(6));
        assertThat(Durations.parse("0")).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 m", "-5m", "5M", "30m1h", "1.5h", "1h1h", "ms", "9999999999s"})
    void what_is_not_so_written_is_no_duration(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @Seeds(200)
    void what_is_formatted_is_read_as_the_same(Random seeded) {
        Duration duration = Duration.ofMillis(seeded.nextLong() >>> (20 + seeded.nextInt(40)));

        assertThat(Durations.parse(Durations.format(duration))).contains(duration);
    }
}
