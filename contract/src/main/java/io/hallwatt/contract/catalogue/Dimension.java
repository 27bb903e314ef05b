package io.hallwatt.contract.catalogue;

/** What a metric is split by inside its scope; also the Prometheus label. */
public enum Dimension {
    /** {@code A} or {@code B}. */
    FEED("feed"),
    /** {@code L1}, {@code L2}, {@code L3}. */
    PHASE("phase"),
    /** A cooling unit's id. */
    UNIT("unit"),
    /** A supply source's id. */
    SOURCE("source"),
    /** What limits a hall: {@code rack}, {@code power} or {@code cooling}. */
    CONSTRAINT("constraint");

    private final String label;

    Dimension(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
