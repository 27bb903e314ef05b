package io.hallwatt.contract.site;

/** What a supply source is. */
public enum SupplyKind {
    SOLAR(true),
    WIND(true),
    HYDRO(true),
    BATTERY(false),
    GRID(false);

    private final boolean renewable;

    SupplyKind(boolean renewable) {
        this.renewable = renewable;
    }

    /** Whether a source of this kind is renewable unless the site model says otherwise. */
    public boolean renewable() {
        return renewable;
    }
}
