package io.hallwatt.contract.site;

/** What a cooling unit is, and so what its flow usually is of. */
public enum CoolingKind {
    /** Air handler; flow is air. */
    CRAH(Fluid.AIR),
    /** Coolant distribution unit; flow is coolant. */
    CDU(Fluid.PG25),
    /** Flow is chilled water. */
    CHILLER(Fluid.WATER);

    private final Fluid fluid;

    CoolingKind(Fluid fluid) {
        this.fluid = fluid;
    }

    /** Where the site model does not say otherwise. */
    public Fluid fluid() {
        return fluid;
    }
}
