package io.hallwatt.contract.catalogue;

/** Units of metrics: the word in field names, the base unit that Prometheus wants, the UCUM code for schemas. */
public enum Unit {
    WATTS("Watts", "watts", 1, "W", 1),
    /** Exact integers in records; joules in Prometheus: 1 mWh = 3.6 J. */
    MILLIWATT_HOURS("MilliwattHours", "joules", 3.6, "mW.h", 0),
    VOLTS("Volts", "volts", 1, "V", 2),
    AMPERES("Amperes", "amperes", 1, "A", 3),
    CELSIUS("Celsius", "celsius", 1, "Cel", 3),
    /** Kelvin as a difference; Prometheus has no better word than celsius. */
    KELVIN("Kelvin", "celsius", 1, "K", 3),
    /** A fraction, 0 to 1 where it is a share. */
    RATIO("Ratio", "ratio", 1, "1", 6),
    LITRES_PER_SECOND("LitresPerSecond", "liters_per_second", 1, "L/s", 3),
    LITRES_PER_KILOWATT_HOUR("LitresPerKilowattHour", "liters_per_joule", 1.0 / 3_600_000, "L/kW.h", 6),
    GRAMS_PER_SECOND("GramsPerSecond", "grams_per_second", 1, "g/s", 3),
    GRAMS_PER_KILOWATT_HOUR("GramsPerKilowattHour", "grams_per_joule", 1.0 / 3_600_000, "g/kW.h", 3),
    /** Exact integers in records; litres in Prometheus. */
    MILLILITRES("Millilitres", "liters", 0.001, "mL", 0),
    /** How many; no unit in names. */
    COUNT("", "", 1, "1", 0);

    private final String fieldSuffix;
    private final String prometheusSuffix;
    private final double prometheusFactor;
    private final String ucum;
    private final int decimals;

    Unit(String fieldSuffix, String prometheusSuffix, double prometheusFactor, String ucum, int decimals) {
        this.fieldSuffix = fieldSuffix;
        this.prometheusSuffix = prometheusSuffix;
        this.prometheusFactor = prometheusFactor;
        this.ucum = ucum;
        this.decimals = decimals;
    }

    /** How the field's name ends: {@code Watts}. */
    public String fieldSuffix() {
        return fieldSuffix;
    }

    /** How the Prometheus name ends: {@code watts}; empty for counts. */
    public String prometheusSuffix() {
        return prometheusSuffix;
    }

    /** Value in Prometheus = value in the record × this. */
    public double prometheusFactor() {
        return prometheusFactor;
    }

    /** Decimals that a rack's value keeps in frames; no device of the field measures finer. */
    public int decimals() {
        return decimals;
    }

    public String ucum() {
        return ucum;
    }
}
