package io.hallwatt.ingest.replay;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Units in which files measure, and how they become ours: (value + addend) × numerator / denominator. A decimal text stays exact up to the one rounding at
 * the end; no binary number comes between.
 */
enum MeasuringUnit {
    MILLIWATT_HOUR("mWh", Kind.ENERGY, "1"),
    WATT_HOUR("Wh", Kind.ENERGY, "1000"),
    KILOWATT_HOUR("kWh", Kind.ENERGY, "1000000"),
    MEGAWATT_HOUR("MWh", Kind.ENERGY, "1000000000"),
    WATT("W", Kind.POWER, "1"),
    KILOWATT("kW", Kind.POWER, "1000"),
    MEGAWATT("MW", Kind.POWER, "1000000"),
    VOLT("V", Kind.VOLTAGE, "1"),
    KILOVOLT("kV", Kind.VOLTAGE, "1000"),
    AMPERE("A", Kind.CURRENT, "1"),
    MILLIAMPERE("mA", Kind.CURRENT, "0.001"),
    CELSIUS("C", Kind.TEMPERATURE, "1"),
    FAHRENHEIT("F", Kind.TEMPERATURE, "-32", "5", 9),
    KELVIN("K", Kind.TEMPERATURE, "-273.15", "1", 1),
    FRACTION("fraction", Kind.RATIO, "1"),
    PERCENT("%", Kind.RATIO, "0.01"),
    LITRES_PER_SECOND("L/s", Kind.FLOW, "1"),
    LITRES_PER_MINUTE("L/min", Kind.FLOW, "0", "1", 60),
    CUBIC_METRES_PER_HOUR("m3/h", Kind.FLOW, "0", "1000", 3600),
    MILLILITRE("mL", Kind.VOLUME, "1"),
    LITRE("L", Kind.VOLUME, "1000"),
    CUBIC_METRE("m3", Kind.VOLUME, "1000000"),
    GRAMS_PER_KILOWATT_HOUR("g/kWh", Kind.CARBON_INTENSITY, "1"),
    KILOGRAMS_PER_MEGAWATT_HOUR("kg/MWh", Kind.CARBON_INTENSITY, "1");

    /** What is measured, and in what it travels: mWh, W, V, A, °C, fraction, L/s, ml, g/kWh. */
    enum Kind {
        ENERGY,
        POWER,
        VOLTAGE,
        CURRENT,
        TEMPERATURE,
        RATIO,
        FLOW,
        VOLUME,
        CARBON_INTENSITY
    }

    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);
    private static final BigDecimal MILLIWATTS_PER_WATT = BigDecimal.valueOf(1_000);

    private final String symbol;
    private final Kind kind;
    private final BigDecimal addend;
    private final BigDecimal numerator;
    private final BigDecimal denominator;

    MeasuringUnit(String symbol, Kind kind, String factor) {
        this(symbol, kind, "0", factor, 1);
    }

    MeasuringUnit(String symbol, Kind kind, String addend, String numerator, int denominator) {
        this.symbol = symbol;
        this.kind = kind;
        this.addend = new BigDecimal(addend);
        this.numerator = new BigDecimal(numerator);
        this.denominator = BigDecimal.valueOf(denominator);
    }

    Kind kind() {
        return kind;
    }

    static Optional<MeasuringUnit> named(String symbol) {
        return Arrays.stream(values())
                .filter(unit -> unit.symbol.equals(symbol))
                .findFirst();
    }

    /** The units' symbols, for messages. */
    static List<String> symbols(List<Kind> kinds) {
        return Arrays.stream(values())
                .filter(unit -> kinds.contains(unit.kind))
                .map(unit -> unit.symbol)
                .toList();
    }

    /** In our unit of the kind, to 34 digits. */
    BigDecimal convert(BigDecimal value) {
        return value.add(addend).multiply(numerator).divide(denominator, MathContext.DECIMAL128);
    }

    /**
     * Energy of an interval: what the value says, or, for a unit of power, what that mean power gives over the interval. Exact up to one rounding,
     * half-even, to whole mWh.
     *
     * @throws ArithmeticException beyond 64 bits
     */
    long milliwattHours(BigDecimal value, long intervalMillis) {
        BigDecimal exact = kind == Kind.POWER
                ? value.multiply(numerator)
                        .multiply(MILLIWATTS_PER_WATT)
                        .multiply(BigDecimal.valueOf(intervalMillis))
                        .divide(MILLIS_PER_HOUR, 0, RoundingMode.HALF_EVEN)
                : value.multiply(numerator).setScale(0, RoundingMode.HALF_EVEN);
        return exact.longValueExact();
    }
}
