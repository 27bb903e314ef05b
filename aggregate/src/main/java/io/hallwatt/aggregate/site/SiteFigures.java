package io.hallwatt.aggregate.site;

/** Interim key figures of a site: ratios of what the same window saw. Pure; the divisor is above 0. */
final class SiteFigures {
    private SiteFigures() {}

    /** ISO/IEC 30134-9, L/kWh. */
    static double waterUsage(double millilitres, double itMilliwattHours) {
        return millilitres / itMilliwattHours * 1_000;
    }

    /** ISO/IEC 30134-8, g/kWh: with one intensity, that times the PUE. */
    static double carbonUsage(double facilityMilliwattHours, double gramsPerKilowattHour, double itMilliwattHours) {
        return facilityMilliwattHours / itMilliwattHours * gramsPerKilowattHour;
    }

    /** ISO/IEC 30134-3, at most 1. */
    static double renewableFactor(double renewableMilliwattHours, double facilityMilliwattHours) {
        return Math.clamp(renewableMilliwattHours / facilityMilliwattHours, 0, 1);
    }
}
