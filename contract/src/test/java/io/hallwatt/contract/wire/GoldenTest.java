package io.hallwatt.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.property.Any;
import io.hallwatt.contract.site.Sites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files that were written once and must be readable for ever: one line a record. They are never written again; a change that breaks them needs a new topic.
 * {@code -Dhallwatt.update=true} writes those that are not there yet.
 */
class GoldenTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    enum Golden {
        RACK_READING(Codecs.RACK_READING, Any::rackReading),
        COOLING_READING(Codecs.COOLING_READING, Any::coolingReading),
        SUPPLY_READING(Codecs.SUPPLY_READING, Any::supplyReading),
        HALL_METRICS(Codecs.HALL_METRICS, Any::hallMetrics),
        SITE_METRICS(Codecs.SITE_METRICS, Any::siteMetrics),
        RACK_FRAME(Codecs.RACK_FRAME, Any::rackFrame),
        ENERGY_HOUR(Codecs.ENERGY_HOUR, Any::energyHour),
        ALERT_TRANSITION(Codecs.ALERT_TRANSITION, Any::alertTransition),
        SITE(Codecs.SITE, random -> Sites.small());

        private final Codec<Object> codec;
        private final Function<Random, ?> any;

        @SuppressWarnings("unchecked") // each codec writes what stands beside it
        <T> Golden(Codec<T> codec, Function<Random, T> any) {
            this.codec = (Codec<Object>) codec;
            this.any = any;
        }

        Path file() {
            return FOLDER.resolve(name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".json");
        }

        Stream<Object> records() {
            return Stream.of(3, 5, 8).map(seed -> any.apply(new Random(seed)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_golden_line_reads_and_writes_back_to_the_same_bytes(Golden golden) throws IOException, Malformed {
        if (Boolean.getBoolean("hallwatt.update") && !Files.exists(golden.file())) {
            Files.createDirectories(FOLDER);
            Files.write(
                    golden.file(),
                    golden.records()
                            .map(golden.codec::write)
                            .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                            .toList());
        }

        var lines = Files.readAllLines(golden.file());

        assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
        for (String line : lines) {
            byte[] bytes = line.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            byte[] again = golden.codec.write(golden.codec.read(bytes));
            assertThat(Arrays.equals(again, bytes)).as(line).isTrue();
        }
    }
}
