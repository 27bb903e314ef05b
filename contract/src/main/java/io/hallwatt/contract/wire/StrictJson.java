package io.hallwatt.contract.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.hallwatt.contract.RejectCode;
import java.util.regex.Pattern;

/**
 * The one set of rules by which JSON is read here, whether it is a record, a row of a file or a summary: nesting 32, strings 64 KiB, numbers 64 characters,
 * documents 8 MiB, no key twice, no number that a {@code double} does not hold; of readings, none beyond 10³⁰ either way. (Jackson's defaults: 1,000, 20
 * million characters, 1,000 characters, no limit, last one wins, infinity.)
 */
public final class StrictJson {
    static final int DEEPEST = 32;
    static final int LONGEST_STRING = 64 * 1024;
    static final int LONGEST_NUMBER = 64;
    static final int LONGEST_DOCUMENT = 8 * 1024 * 1024;

    /** Largest exponent, either way, of a number that a device may send. What is computed from it may be smaller. */
    static final int LARGEST_EXPONENT = 30;

    private static final int LONGEST_SENTENCE = 200;
    /** What the parser's messages say to programmers. */
    private static final Pattern JAVAS_PART = Pattern.compile(
            ", from `[^`]*`|: enable `[^`]*` to allow| \\(bound as `[^`]*`\\)|: not allowed as per `[^`]*`");

    private static final JsonFactory FACTORY =
            new StrictFactory(builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION));

    private StrictJson() {}

    /** For all but readings. What it refuses, {@link #malformed} turns into a code and a sentence. */
    public static JsonFactory factory() {
        return FACTORY;
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

    /**
     * Refuses a document by its length alone: what lies in memory already, the parser does not measure.
     *
     * @param unit what is counted: {@code bytes}
     */
    public static void requireLength(int length, String unit) throws Malformed {
        if (length > LONGEST_DOCUMENT) {
            throw new Malformed(
                    RejectCode.TOO_LARGE,
                    "%,d %s; a document has at most %,d".formatted(length, unit, LONGEST_DOCUMENT));
        }
    }

    /** What the parser found, as a code and one sentence. */
    public static Malformed malformed(JsonProcessingException e) {
        RejectCode code = code(e);
        String sentence = sentence(e);
        return new Malformed(code, code == RejectCode.MALFORMED ? "no JSON: " + sentence : sentence);
    }

    static RejectCode code(JsonProcessingException e) {
        Throwable found = found(e);
        if (found instanceof StreamConstraintsException) {
            return RejectCode.TOO_LARGE;
        }
        return found instanceof InputCoercionException ? RejectCode.NOT_A_NUMBER : RejectCode.MALFORMED;
    }

    /** The first line of what the parser said, without Java's part of it. */
    static String sentence(JsonProcessingException e) {
        Throwable found = found(e);
        String message = found instanceof JsonProcessingException json ? json.getOriginalMessage() : found.getMessage();
        String line =
                message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
        String plain = JAVAS_PART.matcher(line).replaceAll("").replaceAll("\\p{Cntrl}", "?");
        return plain.length() > LONGEST_SENTENCE ? plain.substring(0, LONGEST_SENTENCE) + "…" : plain;
    }

    /** Binding wraps what the parser, or a record's constructor, threw. */
    private static Throwable found(JsonProcessingException e) {
        Throwable cause = e.getCause();
        boolean wrapped = e instanceof JsonMappingException
                && (cause instanceof JsonProcessingException || cause instanceof IllegalArgumentException);
        return wrapped && cause != null ? cause : e;
    }
}
