package io.hallwatt.aggregate.site;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a site's halls said of one window, added up in whole numbers, whatever order they come in. */
final class SiteWindow {
    /** What of a hall's metrics is added up. */
    static final Set<Metric> ADDED = Collections.unmodifiableSet(EnumSet.of(
            Metric.HALL_IT_POWER,
            Metric.HALL_COOLING_POWER,
            Metric.HALL_COOLING_COMPLETENESS,
            Metric.HALL_IT_ENERGY,
            Metric.HALL_IT_ENERGY_COMPLETENESS,
            Metric.HALL_COOLING_ENERGY,
            Metric.HALL_COOLING_ENERGY_COMPLETENESS,
            Metric.HALL_WATER,
            Metric.HALL_WATER_COMPLETENESS,
            Metric.HALL_THERMAL_POWER,
            Metric.HALL_RACKS_EXPECTED,
            Metric.HALL_RACKS_REPORTING));

    private static final long MILLIONTHS = 1_000_000;

    /** What one hall said of one quantity. */
    private record Part(State state, long value, long weight, long knownMillionths) {
        enum State {
            MEASURED,
            ESTIMATED,
            /** It should know it and does not. */
            MISSING,
            /** It has nothing that measures it. */
            NOTHING
        }

        /**
         * @param scale    to whole numbers: 1,000 for W, 1 for mWh and mL
         * @param weight   of the hall among all halls: its racks or its cooling units
         * @param complete part of the quantity that is known, where it is
         */
        static Part of(Quantity quantity, double scale, long weight, double complete) {
            long known = Math.round(complete * weight * MILLIONTHS);
            return switch (quantity) {
                case Quantity.Measured measured ->
                    new Part(State.MEASURED, Math.round(measured.value() * scale), weight, known);
                case Quantity.Estimated estimated ->
                    new Part(State.ESTIMATED, Math.round(estimated.value() * scale), weight, known);
                case Quantity.Unknown unknown ->
                    new Part(unknown.reason() == Reason.NOT_MEASURED ? State.NOTHING : State.MISSING, 0, weight, 0);
            };
        }

        boolean known() {
            return state == State.MEASURED || state == State.ESTIMATED;
        }

        Part missing() {
            return new Part(state == State.NOTHING ? state : State.MISSING, 0, weight, 0);
        }
    }

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
        /** Weight of the halls that should know it. */
        private long owed;
        /** Weight of the halls that have nothing to know. */
        private long exempt;
        /** Weight that is known, millionths. */
        private long knownMillionths;

        private void add(@Nullable Part part) {
            if (part == null) {
                return;
            }
            total += part.value();
            known += part.known() ? 1 : 0;
            missing += part.state() == Part.State.MISSING ? 1 : 0;
            estimated += part.state() == Part.State.ESTIMATED ? 1 : 0;
            owed += part.state() == Part.State.NOTHING ? 0 : part.weight();
            exempt += part.state() == Part.State.NOTHING ? part.weight() : 0;
            knownMillionths += part.knownMillionths();
        }

        /** Part of it that is known, over all halls that should know it, by weight: 1 where none should. Halls that did not deliver should. */
        double completeness(long weightOfAllHalls) {
            long expected = Math.max(weightOfAllHalls - exempt, owed);
            return expected == 0 ? 1 : Math.min(1, knownMillionths / (double) (expected * MILLIONTHS));
        }

        private void write(StateWriter out) {
            out.integer(total);
            out.integer(known);
            out.integer(missing);
            out.integer(estimated);
            out.integer(owed);
            out.integer(exempt);
            out.integer(knownMillionths);
        }

        private void read(StateReader in) {
            total = in.integer();
            known = in.count();
            missing = in.count();
            estimated = in.count();
            owed = in.integer();
            exempt = in.integer();
            knownMillionths = in.integer();
        }
    }

    /** IT and what is divided by it, over the halls that know both: a hall that knows one alone would stand on one side of the ratio only. */
    static final class Pair {
        final Sum it = new Sum();
        final Sum other = new Sum();

        private void add(@Nullable Part ofIt, @Nullable Part ofOther) {
            if (ofIt == null || ofOther == null) {
                return;
            }
            boolean both = ofIt.known() && ofOther.state() != Part.State.MISSING;
            it.add(both ? ofIt : ofIt.missing());
            other.add(both ? ofOther : ofOther.missing());
        }
    }

    final Sum itPower = new Sum();
    final Sum coolingPower = new Sum();
    final Sum itEnergy = new Sum();
    final Sum coolingEnergy = new Sum();
    final Sum thermalPower = new Sum();
    final Sum water = new Sum();
    final Pair cooledPower = new Pair();
    final Pair cooledEnergy = new Pair();
    final Pair wateredEnergy = new Pair();
    /** Ms of racks for which power is known. */
    long covered;

    long racksReporting;
    /** Halls that do not know yet how many of their racks report. */
    int unheard;
    /** Halls that delivered. */
    int halls;
    /** Event time of the newest reading in it, epoch ms; least of all numbers where it is not known. */
    long newest = Long.MIN_VALUE;

    /** @param model the hall as the site's model has it; null where it has it no more: what it delivers counts, and is not expected */
    void add(HallMetrics metrics, @Nullable Hall model) {
        Quantities quantities = metrics.quantities();
        long weight = model == null ? 0 : model.racks().size();
        long units = model == null ? 0 : model.coolingUnits().size();
        Part power = part(quantities, Metric.HALL_IT_POWER, 1000, weight, metrics.completeness());
        Part cooling = part(quantities, Metric.HALL_COOLING_POWER, 1000, units, Metric.HALL_COOLING_COMPLETENESS);
        Part energy = part(quantities, Metric.HALL_IT_ENERGY, 1, weight, Metric.HALL_IT_ENERGY_COMPLETENESS);
        Part coolingUsed =
                part(quantities, Metric.HALL_COOLING_ENERGY, 1, units, Metric.HALL_COOLING_ENERGY_COMPLETENESS);
        Part drunk = part(quantities, Metric.HALL_WATER, 1, units, Metric.HALL_WATER_COMPLETENESS);
        itPower.add(power);
        coolingPower.add(cooling);
        itEnergy.add(energy);
        coolingEnergy.add(coolingUsed);
        thermalPower.add(part(quantities, Metric.HALL_THERMAL_POWER, 1000, units, 1));
        water.add(drunk);
        cooledPower.add(power, cooling);
        cooledEnergy.add(energy, coolingUsed);
        wateredEnergy.add(energy, drunk);
        double racks = quantities.value(Metric.HALL_RACKS_EXPECTED).orElse(0);
        covered += Math.round(
                metrics.completeness() * racks * metrics.window().resolution().millis());
        racksReporting +=
                Math.round(quantities.value(Metric.HALL_RACKS_REPORTING).orElse(0));
        unheard += quantities.get(Metric.HALL_RACKS_REPORTING) instanceof Quantity.Unknown ? 1 : 0;
        halls++;
    }

    /** What is measured is known whole; of what is estimated its own completeness says how much is. */
    private static @Nullable Part part(
            Quantities quantities, Metric metric, double scale, long weight, Metric completeness) {
        boolean whole = quantities.get(metric) instanceof Quantity.Measured;
        return part(
                quantities,
                metric,
                scale,
                weight,
                whole ? 1 : quantities.value(completeness).orElse(0));
    }

    private static @Nullable Part part(
            Quantities quantities, Metric metric, double scale, long weight, double complete) {
        Quantity quantity = quantities.get(metric);
        return quantity == null ? null : Part.of(quantity, scale, weight, complete);
    }

    private List<Sum> sums() {
        return List.of(
                itPower,
                coolingPower,
                itEnergy,
                coolingEnergy,
                thermalPower,
                water,
                cooledPower.it,
                cooledPower.other,
                cooledEnergy.it,
                cooledEnergy.other,
                wateredEnergy.it,
                wateredEnergy.other);
    }

    void write(StateWriter out) {
        sums().forEach(sum -> sum.write(out));
        out.integer(covered);
        out.integer(racksReporting);
        out.integer(unheard);
        out.integer(halls);
        out.integerOr(newest, Long.MIN_VALUE);
    }

    static SiteWindow read(StateReader in) {
        SiteWindow window = new SiteWindow();
        window.sums().forEach(sum -> sum.read(in));
        window.covered = in.integer();
        window.racksReporting = in.integer();
        window.unheard = in.count();
        window.halls = in.count();
        window.newest = in.integerOr(Long.MIN_VALUE);
        return window;
    }
}
