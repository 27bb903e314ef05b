package io.hallwatt.aggregate.site;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;

/** What a site's halls said of one window, added up in whole numbers, whatever order they come in. */
final class SiteWindow {
    /** A sum over halls. */
    static final class Sum {
        /** mW, mWh or mL of the halls that know it. */
        long total;
        /** Halls that know it. */
        int known;
        /** Halls that should know it and do not. */
        int missing;
        /** Halls that know it in part. */
        int estimated;

        /** @param scale to whole numbers: 1,000 for W, 1 for mWh and mL */
        private void add(Quantities quantities, Metric metric, double scale) {
            switch (quantities.get(metric)) {
                case null -> {}
                case Quantity.Measured measured -> {
                    total += Math.round(measured.value() * scale);
                    known++;
                }
                case Quantity.Estimated partly -> {
                    total += Math.round(partly.value() * scale);
                    known++;
                    estimated++;
                }
                case Quantity.Unknown unknown -> missing += unknown.reason() == Reason.NOT_MEASURED ? 0 : 1;
            }
        }

        private void write(StateWriter out) {
            out.integer(total);
            out.integer(known);
            out.integer(missing);
            out.integer(estimated);
        }

        private void read(StateReader in) {
            total = in.integer();
            known = in.count();
            missing = in.count();
            estimated = in.count();
        }
    }

    final Sum itPower = new Sum();
    final Sum coolingPower = new Sum();
    final Sum itEnergy = new Sum();
    final Sum coolingEnergy = new Sum();
    final Sum thermalPower = new Sum();
    final Sum water = new Sum();
    /** Ms of racks for which power is known. */
    long covered;

    long racksReporting;
    /** Halls that do not know yet how many of their racks report. */
    int unheard;
    /** Halls that delivered. */
    int halls;
    /** Event time of the newest reading in it, epoch ms; least of all numbers where it is not known. */
    long newest = Long.MIN_VALUE;

    void add(HallMetrics metrics) {
        Quantities quantities = metrics.quantities();
        itPower.add(quantities, Metric.HALL_IT_POWER, 1000);
        coolingPower.add(quantities, Metric.HALL_COOLING_POWER, 1000);
        itEnergy.add(quantities, Metric.HALL_IT_ENERGY, 1);
        coolingEnergy.add(quantities, Metric.HALL_COOLING_ENERGY, 1);
        thermalPower.add(quantities, Metric.HALL_THERMAL_POWER, 1000);
        water.add(quantities, Metric.HALL_WATER, 1);
        double racks = quantities.value(Metric.HALL_RACKS_EXPECTED).orElse(0);
        covered += Math.round(
                metrics.completeness() * racks * metrics.window().resolution().millis());
        racksReporting +=
                Math.round(quantities.value(Metric.HALL_RACKS_REPORTING).orElse(0));
        unheard += quantities.get(Metric.HALL_RACKS_REPORTING) instanceof Quantity.Unknown ? 1 : 0;
        halls++;
    }

    void write(StateWriter out) {
        itPower.write(out);
        coolingPower.write(out);
        itEnergy.write(out);
        coolingEnergy.write(out);
        thermalPower.write(out);
        water.write(out);
        out.integer(covered);
        out.integer(racksReporting);
        out.integer(unheard);
        out.integer(halls);
        out.integerOr(newest, Long.MIN_VALUE);
    }

    static SiteWindow read(StateReader in) {
        SiteWindow window = new SiteWindow();
        window.itPower.read(in);
        window.coolingPower.read(in);
        window.itEnergy.read(in);
        window.coolingEnergy.read(in);
        window.thermalPower.read(in);
        window.water.read(in);
        window.covered = in.integer();
        window.racksReporting = in.integer();
        window.unheard = in.count();
        window.halls = in.count();
        window.newest = in.integerOr(Long.MIN_VALUE);
        return window;
    }
}
