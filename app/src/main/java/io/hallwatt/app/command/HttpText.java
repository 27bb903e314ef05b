package io.hallwatt.app.command;

import java.net.URI;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option's address: {@code http://127.0.0.1:9464/metrics}. */
final class HttpText implements ITypeConverter<URI> {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Override
    public URI convert(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new TypeConversionException("\"%s\" is no address; write http://127.0.0.1:9464/metrics".formatted(text));
    }
}
