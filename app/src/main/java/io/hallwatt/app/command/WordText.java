package io.hallwatt.app.command;

import io.hallwatt.contract.config.Choices;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/** Words of which an option takes one, refused as help and files write them. */
public final class WordText {
    private WordText() {}

    /** For the command and all below it. */
    public static void registerIn(CommandLine line) {
        registerOf(line, line);
    }

    private static void registerOf(CommandLine some, CommandLine all) {
        for (ArgSpec argument : some.getCommandSpec().args()) {
            Arrays.stream(argument.auxiliaryTypes()).filter(Class::isEnum).forEach(type -> register(all, type));
        }
        some.getSubcommands().values().forEach(below -> registerOf(below, all));
    }

    private static <E> void register(CommandLine all, Class<E> type) {
        Class<? extends Enum<?>> words = enumeration(type);
        all.registerConverter(
                type,
                text -> Choices.read(words, text)
                        .map(type::cast)
                        .orElseThrow(() -> new TypeConversionException(Choices.none(words, text))));
    }

    @SuppressWarnings("unchecked") // it is an enumeration: the only way to be one is to extend Enum of itself
    private static Class<? extends Enum<?>> enumeration(Class<?> type) {
        return (Class<? extends Enum<?>>) type;
    }
}
