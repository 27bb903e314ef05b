package io.hallwatt.contract.site;

/** What a cooling unit is, and so what its flow is of. */
public enum CoolingKind {
    /** Air handler; flow is air. */
    CRAH,
    /** Coolant distribution unit; flow is coolant. */
    CDU,
    /** Flow is chilled water. */
    CHILLER
}
