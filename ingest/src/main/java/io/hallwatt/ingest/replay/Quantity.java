package io.hallwatt.ingest.replay;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.wire.Malformed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where one quantity of a reading stands in a row.
 *
 * @param scale    what the number in the file is multiplied by before its unit holds
 * @param optional whether a row without it is still a reading
 */
record Quantity(String column, MeasuringUnit unit, BigDecimal scale, boolean optional) {
    /** What the codecs take too; a longer number is no measurement. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][-+]?\\d{1,2})?");

    private static final int LARGEST_EXPONENT = 30;

    /**
     * The number, exact, scaled but not yet in our unit; null where it is missing and may be.
     *
     * @throws Malformed MISSING_VALUE or NOT_A_NUMBER
     */
    @Nullable
    BigDecimal scaled(Cells cells, boolean decimalComma) throws Malformed {
        String text = cells.get(column);
        if (text == null) {
            if (optional) {
                return null;
            }
            throw new Malformed(RejectCode.MISSING_VALUE, "%s is empty; the row is refused whole".formatted(column));
        }
        String plain = decimalComma ? text.replace(',', '.') : text;
        if (!NUMBER.matcher(plain).matches()) {
            throw notANumber(text);
        }
        BigDecimal number = new BigDecimal(plain);
        if (Math.abs(number.precision() - number.scale()) > 2 * LARGEST_EXPONENT) {
            throw notANumber(text);
        }
        return number.multiply(scale);
    }

    @Nullable
    Double number(Cells cells, boolean decimalComma) throws Malformed {
        BigDecimal scaled = scaled(cells, decimalComma);
        return scaled == null ? null : unit.convert(scaled).doubleValue();
    }

    /** A register or a volume: whole mWh or ml, rounded half-even once. */
    @Nullable
    Long whole(Cells cells, boolean decimalComma) throws Malformed {
        BigDecimal scaled = scaled(cells, decimalComma);
        if (scaled == null) {
            return null;
        }
        try {
            return unit.convert(scaled).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        } catch (ArithmeticException e) {
            throw tooLarge(scaled);
        }
    }

    @Nullable
    Long energy(Cells cells, boolean decimalComma, long intervalMillis) throws Malformed {
        BigDecimal scaled = scaled(cells, decimalComma);
        if (scaled == null) {
            return null;
        }
        try {
            return unit.milliwattHours(scaled, intervalMillis);
        } catch (ArithmeticException e) {
            throw tooLarge(scaled);
        }
    }

    private Malformed notANumber(String text) {
        return new Malformed(
                RejectCode.NOT_A_NUMBER,
                "%s is \"%s\", a decimal number belongs there".formatted(column, Shown.cut(text)));
    }

    private Malformed tooLarge(BigDecimal value) {
        return new Malformed(
                RejectCode.IMPLAUSIBLE_VALUE,
                "%s is %s, more than 64 bits of %s hold; mend unit or scale"
                        .formatted(column, Shown.cut(value.toString()), unit));
    }
}
