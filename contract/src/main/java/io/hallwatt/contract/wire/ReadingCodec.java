package io.hallwatt.contract.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.SiteId;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Readings by hand, since they are what there is most of: a rack reading is written into one buffer and read in one pass over its tokens, without reflection,
 * trees or maps. Strict as {@link StrictJson} says; unknown fields are passed over, known ones come once.
 *
 * @param <R> the reading
 */
abstract class ReadingCodec<R extends Reading> implements Codec<R> {
    /** Longest reading, bytes. */
    static final int LONGEST = 1024 * 1024;

    static final IdCache<SiteId> SITES = new IdCache<>(SiteId::new);
    static final IdCache<HallId> HALLS = new IdCache<>(HallId::new);

    private static final JsonFactory FACTORY = StrictJson.readings();

    private static final byte[] START = JsonBytes.name("start");
    private static final byte[] MILLIWATT_HOURS = JsonBytes.name("milliwattHours");

    abstract void write(R reading, JsonBytes out);

    /** Reads the fields, the cursor being on the object's start. */
    abstract R read(JsonCursor in) throws IOException, Malformed;

    @Override
    public final byte[] write(R reading) {
        JsonBytes out = JsonBytes.empty();
        write(reading, out);
        return out.toBytes();
    }

    @Override
    public final R read(byte[] bytes) throws Malformed {
        if (bytes == null) { // Kafka has records without a value
            throw new Malformed(RejectCode.MALFORMED, "no value: a reading belongs here");
        }
        if (bytes.length > LONGEST) {
            throw new Malformed(
                    RejectCode.TOO_LARGE, "%,d bytes; a reading has at most %,d".formatted(bytes.length, LONGEST));
        }
        if (!looksLikeUtf8(bytes)) {
            throw new Malformed(RejectCode.MALFORMED, "not UTF-8: send JSON as UTF-8 without a byte order mark");
        }
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            return read(parser);
        } catch (StreamConstraintsException e) {
            throw new Malformed(RejectCode.TOO_LARGE, sentence(e));
        } catch (JsonProcessingException e) {
            throw new Malformed(RejectCode.MALFORMED, "no JSON: " + sentence(e));
        } catch (IOException e) {
            throw new Malformed(RejectCode.MALFORMED, "not UTF-8: " + e.getMessage());
        }
    }

    private R read(JsonParser parser) throws IOException, Malformed {
        JsonCursor cursor = new JsonCursor(parser);
        try {
            cursor.start();
            R reading = read(cursor);
            cursor.end();
            return reading;
        } catch (InputCoercionException e) {
            throw new Malformed(
                    RejectCode.NOT_A_NUMBER,
                    "%s: a whole number of at most 64 bits belongs here".formatted(cursor.path()));
        }
    }

    /** The parser would also take UTF-16 and UTF-32; one document, two spellings, is one too many. */
    private static boolean looksLikeUtf8(byte[] bytes) {
        return bytes.length < 2 || (bytes[0] > 0 && bytes[1] > 0);
    }

    private static String sentence(JsonProcessingException e) {
        String message =
                String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("unreadable");
        String cut = message.length() > 200 ? message.substring(0, 200) + "…" : message;
        return e.getLocation() == null ? cut : cut + " (byte " + e.getLocation().getByteOffset() + ")";
    }

    static void writeNumber(byte[] name, @Nullable Double value, JsonBytes out) {
        if (value != null) {
            out.field(name).number(value.doubleValue());
        }
    }

    static void writeWhole(byte[] name, @Nullable Long value, JsonBytes out) {
        if (value != null) {
            out.field(name).number(value.longValue());
        }
    }

    static void writeInterval(byte[] name, @Nullable IntervalEnergy interval, JsonBytes out) {
        if (interval != null) {
            out.field(name).raw('{');
            out.field(START).time(interval.start().toEpochMilli());
            out.field(MILLIWATT_HOURS).number(interval.milliwattHours());
            out.raw('}');
        }
    }

    static @Nullable IntervalEnergy readInterval(JsonCursor in) throws IOException, Malformed {
        if (!in.object()) {
            return null;
        }
        Instant start = null;
        Long milliwattHours = null;
        int seen = 0;
        Set<String> others = null;
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "start" -> {
                    seen = in.once(seen, 0);
                    start = in.time();
                }
                case "milliwattHours" -> {
                    seen = in.once(seen, 1);
                    milliwattHours = in.whole();
                }
                default -> others = in.skip(others);
            }
        }
        return new IntervalEnergy(in.required(start, "start"), in.required(milliwattHours, "milliwattHours"));
    }
}
