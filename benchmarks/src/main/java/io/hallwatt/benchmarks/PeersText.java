package io.hallwatt.benchmarks;

import io.hallwatt.benchmarks.peers.Contender;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Peers on the command line: {@code dsl,aggregate}, {@code all}. */
final class PeersText implements ITypeConverter<PeersText.Chosen> {
    static final String ALL = "all";

    record Chosen(Set<Contender> contenders) {}

    @Override
    public Chosen convert(String text) {
        try {
            return new Chosen(text.equals(ALL) ? Contender.all() : Contender.of(text));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
