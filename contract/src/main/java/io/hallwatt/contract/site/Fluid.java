package io.hallwatt.contract.site;

/** What carries heat, and how much: ρ · cp at the usual temperature of such a loop. */
public enum Fluid {
    /** At 25 °C. */
    WATER(997.05, 4_181.6),
    /** Water with 25 % propylene glycol, at 30 °C. */
    PG25(1_017, 3_930),
    /** At 25 °C and 101.325 kPa. */
    AIR(1.184, 1_006);

    private final double wattsPerLitreSecondKelvin;

    Fluid(double kilogramsPerCubicMetre, double joulesPerKilogramKelvin) {
        this.wattsPerLitreSecondKelvin = kilogramsPerCubicMetre * joulesPerKilogramKelvin / 1_000;
    }

    /** Heat, W, that one litre a second carries for each kelvin by which it is warmed. */
    public double wattsPerLitreSecondKelvin() {
        return wattsPerLitreSecondKelvin;
    }
}
