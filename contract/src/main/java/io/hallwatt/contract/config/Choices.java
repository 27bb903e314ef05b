package io.hallwatt.contract.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An enumeration as people write it, in files, on the command line and in messages: words in lower case with - for _, the field's designations (A, A2) as they stand. */
public final class Choices {
    private static final String DESIGNATION = "[A-Z]\\d*";

    private Choices() {}

    public static String written(Enum<?> choice) {
        return choice.name().matches(DESIGNATION)
                ? choice.name()
                : choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All of them, in their order. */
    public static List<String> of(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Choices::written).toList();
    }

    /** Upper and lower case are one. */
    public static <E extends Enum<?>> Optional<E> read(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(choice -> written(choice).equalsIgnoreCase(text))
                .findFirst();
    }

    /** What is wrong with a text that is none of them: {@code "solr" is none of solar, wind; did you mean "solar"?} */
    public static String none(Class<? extends Enum<?>> type, String text) {
        List<String> all = of(type);
        return "\"%s\" is none of %s%s".formatted(text, String.join(", ", all), Nearest.hint(text, all));
    }
}
