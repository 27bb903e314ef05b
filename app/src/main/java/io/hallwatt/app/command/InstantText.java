package io.hallwatt.app.command;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option's instant: {@code 2026-03-01T00:00:00Z}. */
final class InstantText implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "\"%s\" is no instant; write it in UTC, as 2026-03-01T00:00:00Z".formatted(text));
        }
    }
}
