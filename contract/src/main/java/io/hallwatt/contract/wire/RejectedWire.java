package io.hallwatt.contract.wire;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A refused record on its topic: the value is the original bytes, untouched; what is known about it stands in headers, UTF-8. */
public final class RejectedWire {
    /** Longest header, characters: a sentence, not the record again. */
    private static final int LONGEST = 1_000;

    private RejectedWire() {}

    /** The record's value. */
    public static byte[] value(Rejected rejected) {
        return rejected.original();
    }

    /** The record's headers, by name. */
    public static Map<String, byte[]> headers(Rejected rejected) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put(Headers.REJECT_CODE, utf8(rejected.code().name()));
        headers.put(Headers.REJECT_REASON, utf8(rejected.reason()));
        headers.put(Headers.REJECT_ORIGIN, utf8(rejected.origin()));
        return headers;
    }

    /**
     * Reads it back.
     *
     * @throws Malformed if a header is missing or the code is none that this version knows
     */
    public static Rejected read(byte[] value, Map<String, byte[]> headers) throws Malformed {
        String name = text(headers, Headers.REJECT_CODE);
        RejectCode code = null;
        for (RejectCode known : RejectCode.values()) {
            if (known.name().equals(name)) {
                code = known;
            }
        }
        if (code == null) {
            throw new Malformed(
                    RejectCode.MALFORMED, "header %s: \"%s\" is no code".formatted(Headers.REJECT_CODE, name));
        }
        return new Rejected(value, text(headers, Headers.REJECT_ORIGIN), code, text(headers, Headers.REJECT_REASON));
    }

    private static String text(Map<String, byte[]> headers, String name) throws Malformed {
        byte[] text = headers.get(name);
        if (text == null) {
            throw new Malformed(RejectCode.MISSING_VALUE, "header %s is missing".formatted(name));
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
        return cut.getBytes(StandardCharsets.UTF_8);
    }
}
