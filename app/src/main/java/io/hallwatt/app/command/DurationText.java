package io.hallwatt.app.command;

import io.hallwatt.contract.config.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option's duration: {@code 60s}, {@code 5m}, {@code 1h30m}. */
public final class DurationText implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return Durations.parse(text)
                .filter(Duration::isPositive)
                .orElseThrow(() -> new TypeConversionException(
                        "\"%s\" is no duration; write it as 500ms, 60s, 5m, 2h or 7d".formatted(text)));
    }
}
