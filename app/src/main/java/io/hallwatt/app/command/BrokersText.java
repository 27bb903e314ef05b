package io.hallwatt.app.command;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Kafka brokers as Kafka's own clients take them: {@code HOST:PORT[,HOST:PORT…]}. */
public final class BrokersText implements ITypeConverter<String> {
    private static final Pattern BROKER =
            Pattern.compile("(?:[A-Z_]+://)?(?:\\[[0-9a-fA-F:.]+]|[^\\s:/\\[\\],]+):([0-9]{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    @Override
    public String convert(String text) {
        for (String broker : text.split(",", -1)) {
            var matcher = BROKER.matcher(broker.strip());
            if (!matcher.matches() || !isPort(Integer.parseInt(matcher.group(1)))) {
                throw new TypeConversionException("\"%s\" is no broker; write HOST:PORT[,HOST:PORT…], as localhost:9092"
                        .formatted(broker.strip()));
            }
        }
        return text;
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= HIGHEST_PORT;
    }
}
