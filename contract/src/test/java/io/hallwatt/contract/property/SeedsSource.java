package io.hallwatt.contract.property;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

final class SeedsSource implements ArgumentsProvider, AnnotationConsumer<Seeds> {
    private int count;

    @Override
    public void accept(Seeds seeds) {
        count = Math.min(
                Math.max(seeds.value(), Integer.getInteger("hallwatt.seeds", 0)),
                Integer.getInteger("hallwatt.most.seeds", Integer.MAX_VALUE));
    }

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        Long only = Long.getLong("hallwatt.seed");
        LongStream seeds = only == null ? LongStream.rangeClosed(1, count) : LongStream.of(only);
        return seeds.mapToObj(seed -> Arguments.of(Tape.recording(seed)));
    }
}
