package io.hallwatt.contract.catalogue;

/** Units of metrics: the word in field names, the base unit that Prometheus wants, the UCUM code for schemas. */
public enum Unit {
    WATTS("Watts", "watts", 1, "W"),
    /** Exact integers in records; joules in Prometheus: 1 mWh = 3.6 J. */
    MILLIWATT_HOURS("MilliwattHours", "joules", 3.6, "mW.h"),
    VOLTS("Volts", "volts", 1, "V"),
    AMPERES("Amperes", "amperes", 1, "A"),
    CELSIUS("Celsius", "celsius", 1, "Cel"),
    /** Kelvin as a difference; Prometheus has no better word than celsius. */
    KELVIN("Kelvin", "celsius", 1, "K"),
    /** A fraction, 0 to 1 where it is a share. */
    RATIO("Ratio", "ratio", 1, "1"),
    LITRES_PER_SECOND("LitresPerSecond", "liters_per_second", 1, "L/s"),
    LITRES_PER_KILOWATT_HOUR("LitresPerKilowattHour", "liters_per_joule", 1.0 / 3_600_000, "L/kW.h"),
    GRAMS_PER_SECOND("GramsPerSecond", "grams_per_second", 1, "g/s"),
    GRAMS_PER_KILOWATT_HOUR("GramsPerKilowattHour", "grams_per_joule", 1.0 / 3_600_000, "g/kW.h"),
    /** How many; no unit in names. */
    COUNT("", "", 1, "1");

    private final String fieldSuffix;
    private final String prometheusSuffix;
    private final double prometheusFactor;
    private final String ucum;

    Unit(String fieldSuffix, String prometheusSuffix, double prometheusFactor, String ucum) {
        this.fieldSuffix = fieldSuffix;
        this.prometheusSuffix = prometheusSuffix;
        this.prometheusFactor = prometheusFactor;
        this.ucum = ucum;
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

    public String ucum() {
        return ucum;
    }
}
