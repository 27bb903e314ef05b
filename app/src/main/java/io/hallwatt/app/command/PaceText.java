package io.hallwatt.app.command;

import io.hallwatt.ingest.simulate.Pace;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option's pace: {@code 1}, {@code 60}, {@code max}. */
final class PaceText implements ITypeConverter<Pace> {
    @Override
    public Pace convert(String text) {
        if (text.equals("max")) {
            return Pace.AS_FAST_AS_POSSIBLE;
        }
        try {
            return new Pace.Accelerated(Double.parseDouble(text));
        } catch (IllegalArgumentException e) { // no number, or out of range
            throw new TypeConversionException(
                    "\"%s\" is no speed; give a factor above 0 and up to 100000 (1 is real time), or max"
                            .formatted(text));
        }
    }
}
