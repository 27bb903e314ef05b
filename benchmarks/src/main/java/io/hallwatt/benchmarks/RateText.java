package io.hallwatt.benchmarks;

import io.hallwatt.benchmarks.pipeline.Load;
import io.hallwatt.contract.config.InvalidInput;
import java.util.OptionalDouble;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A rate on the command line: {@code 0.5}, {@code 10}, {@code max}. */
final class RateText implements ITypeConverter<RateText.Rate> {
    private static final double LEAST_HERTZ = 0.1;
    private static final double MOST_HERTZ = 10;

    /** Empty: as many as can be counted. */
    record Rate(OptionalDouble hertz) {
        static Rate of(double hertz) {
            return new Rate(OptionalDouble.of(hertz));
        }
    }

    @Override
    public Rate convert(String text) {
        if (text.equals("max")) {
            return new Rate(OptionalDouble.empty());
        }
        try {
            double hertz = Double.parseDouble(text);
            if (hertz >= LEAST_HERTZ && hertz <= MOST_HERTZ) {
                return Rate.of(hertz);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new TypeConversionException(
                "\"%s\" is no rate; give %s to %s, or max".formatted(text, LEAST_HERTZ, (long) MOST_HERTZ));
    }

    /** @throws InvalidInput where the source cannot go at this rate */
    static void check(Rate rate, Load.Origin source) {
        if (rate.hertz().isEmpty() && source == Load.Origin.SIMULATOR) {
            throw new InvalidInput(
                    "bench: --rate max is for --source generated: the simulator's own cost would set the pace; add it, or give a rate in Hz");
        }
    }
}
