package io.hallwatt.contract.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Looks at every value as it goes by, also at those that nobody asks for: a text that is skipped may be no longer than one that is read, and a number that
 * becomes infinite, or explodes when it is written out ({@code 1e999999999}), is refused before anybody computes with it.
 */
final class StrictParser extends JsonParserDelegate {
    private static final int PLAIN_DIGITS = 30;
    /** Of the smallest {@code double}. */
    private static final int SMALLEST_EXPONENT = -324;

    StrictParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            requireShort();
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
            requireInRange(token);
        }
        return token;
    }

    @Override
    public JsonToken nextValue() throws IOException {
        JsonToken token = nextToken();
        return token == JsonToken.FIELD_NAME ? nextToken() : token;
    }

    @Override
    public JsonParser skipChildren() throws IOException {
        JsonToken start = currentToken();
        if (start != null && start.isStructStart()) {
            for (int open = 1; open > 0; ) {
                JsonToken token = nextToken();
                if (token == null) {
                    return this; // the parser says itself where the end is missing
                }
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        }
        return this;
    }

    private void requireShort() throws IOException {
        int length = getTextLength();
        if (length > StrictJson.LONGEST_STRING) {
            throw new StreamConstraintsException(
                    "text of %,d characters; at most %,d are read".formatted(length, StrictJson.LONGEST_STRING));
        }
    }

    private void requireInRange(JsonToken token) throws IOException {
        if (plain(getTextCharacters(), getTextOffset(), getTextLength())) {
            return;
        }
        String text = getText();
        if (!inRange(text)) {
            throw new InputCoercionException(
                    this, "%s: a number that 64 bits hold belongs here".formatted(text), token, BigDecimal.class);
        }
    }

    /** As nearly all are: short, and without an exponent. */
    private static boolean plain(char[] text, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if ((text[offset + i] | 0x20) == 'e') {
                return false;
            }
        }
        return length <= PLAIN_DIGITS;
    }

    private static boolean inRange(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            long exponent = (long) number.precision() - number.scale() - 1;
            return number.signum() == 0 || (exponent >= SMALLEST_EXPONENT && Double.isFinite(number.doubleValue()));
        } catch (NumberFormatException e) {
            return false; // an exponent beyond 32 bits
        }
    }
}
