package io.hallwatt.app.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Numbers and addresses on the command line, refused in words of people who do not write Java. */
public final class NumberText {
    private NumberText() {}

    /** For the command and all below it. */
    public static void registerIn(CommandLine line) {
        whole(line, int.class, Integer.class, Integer::valueOf);
        whole(line, long.class, Long.class, Long::valueOf);
        whole(line, short.class, Short.class, Short::valueOf);
        number(line, double.class, Double.class, NumberText::finite);
        line.registerConverter(URI.class, NumberText::address);
    }

    private static <N> void whole(CommandLine line, Class<N> primitive, Class<N> boxed, Function<String, N> parse) {
        register(line, primitive, boxed, parse, "is no whole number that fits; write it as 40");
    }

    private static <N> void number(CommandLine line, Class<N> primitive, Class<N> boxed, Function<String, N> parse) {
        register(line, primitive, boxed, parse, "is no number; write it as 0.5 or 10");
    }

    private static <N> void register(
            CommandLine line, Class<N> primitive, Class<N> boxed, Function<String, N> parse, String remedy) {
        CommandLine.ITypeConverter<N> converter = text -> {
            try {
                return parse.apply(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("\"%s\" %s".formatted(text, remedy));
            }
        };
        line.registerConverter(primitive, converter);
        line.registerConverter(boxed, converter);
    }

    private static double finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    private static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new TypeConversionException("\"%s\" is no address; write http://HOST:PORT".formatted(text));
        }
    }
}
