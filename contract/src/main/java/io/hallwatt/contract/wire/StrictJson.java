package io.hallwatt.contract.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/**
 * The one set of rules by which JSON is read here: nesting 32, strings 64 KiB, numbers 64 characters, documents 8 MiB, no key twice. (Jackson's defaults:
 * 1,000, 20 million characters, 1,000 characters, no limit, last one wins.)
 */
final class StrictJson {
    static final int DEEPEST = 32;
    static final int LONGEST_STRING = 64 * 1024;
    static final int LONGEST_NUMBER = 64;
    static final int LONGEST_DOCUMENT = 8 * 1024 * 1024;

    /** Largest exponent, either way, of a number that is taken. */
    static final int LARGEST_EXPONENT = 30;

    private StrictJson() {}

    /** For records. */
    static JsonFactory factory() {
        return builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    }

    /** For readings: {@link JsonCursor} finds double keys itself, at a fraction of the cost, and tells NaN from what is no JSON at all. */
    static JsonFactory readings() {
        return builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    }

    private static JsonFactoryBuilder builder() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_STRING)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxDocumentLength(LONGEST_DOCUMENT)
                        .build())
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER);
    }
}
