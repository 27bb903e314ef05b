package io.hallwatt.app.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Ports on the command line. */
final class PortText implements ITypeConverter<Integer> {
    private static final int HIGHEST = 65_535;

    @Override
    public Integer convert(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= HIGHEST) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below, like a number that is none of a port
        }
        throw new TypeConversionException("\"%s\" is no port: write a number from 0 to %d".formatted(text, HIGHEST));
    }
}
