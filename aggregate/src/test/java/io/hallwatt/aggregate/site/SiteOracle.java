package io.hallwatt.aggregate.site;

import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Quantity.Estimated;
import io.hallwatt.contract.Quantity.Measured;
import io.hallwatt.contract.Quantity.Unknown;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a site's windows and hours must say, computed from all that its halls and sources ever said, plainly: every window looks at everything. Knows the
 * written rules and none of the code under test.
 */
final class SiteOracle {
    private static final List<Resolution> RESOLUTIONS =
            List.of(Resolution.SECOND, Resolution.MINUTE, Resolution.QUARTER);
    private static final double LEAST_LOAD = 0.05;

    private final Site site;
    private final List<HallMetrics> halls;
    private final List<SupplyReading> readings;
    private final Map<Window, List<HallMetrics>> byWindow = new HashMap<>();
    private final SourcesOracle sources;

    /**
     * @param halls    every window of every hall, once
     * @param readings in order of time, without repetition
     */
    SiteOracle(Site site, List<HallMetrics> halls, List<SupplyReading> readings) {
        this.site = site;
        this.halls = halls;
        this.readings = readings;
        halls.forEach(hall ->
                byWindow.computeIfAbsent(hall.window(), w -> new ArrayList<>()).add(hall));
        sources = new SourcesOracle(site, readings);
    }

    /** Each window of which a hall or a source said something, and no other. */
    Set<Window> windows() {
        Set<Window> windows = new TreeSet<>();
        halls.forEach(hall -> windows.add(hall.window()));
        readings.forEach(reading -> RESOLUTIONS.forEach(resolution -> windows.add(resolution.windowAt(reading.at()))));
        return windows;
    }

    double completeness(Window window) {
        double known = 0;
        for (HallMetrics hall : of(window)) {
            known += hall.completeness()
                    * hall.quantities().value(Metric.HALL_RACKS_EXPECTED).orElse(0);
        }
        return site.rackCount() == 0 ? 0 : Math.min(1, known / site.rackCount());
    }

    Quantities quantities(Window window) {
        Quantities.Builder all = Quantities.builder();
        boolean live = window.resolution() == Resolution.SECOND;
        Quantity it = sumOverHalls(window, Metric.HALL_IT_POWER);
        Quantity cooling = sumOverHalls(window, Metric.HALL_COOLING_POWER);
        Quantity facility = sources.gridMetered() ? sources.physicalPower(window) : loads(it, cooling);
        all.put(Metric.SITE_IT_POWER, it);
        all.put(Metric.SITE_COOLING_POWER, cooling);
        all.put(Metric.SITE_FACILITY_POWER, facility);
        all.put(
                Metric.SITE_OTHER_POWER,
                sources.gridMetered()
                        ? other(window, facility, loads(it, cooling))
                        : Quantity.unknown(Reason.NOT_MEASURED));
        if (live) {
            all.put(Metric.SITE_POWER_RATIO, powerRatio(window, facility, it));
        } else {
            energies(window, all);
        }
        supply(window, facility, all);
        all.put(Metric.SITE_RACKS_EXPECTED, site.rackCount());
        all.put(Metric.SITE_RACKS_REPORTING, racksReporting(window));
        all.put(Metric.SITE_COMPLETENESS, completeness(window));
        all.put(Metric.SITE_THERMAL_POWER, sumOverHalls(window, Metric.HALL_THERMAL_POWER));
        return all.build();
    }

    /** Nobody that is heard is nobody only where no hall still awaits its racks. */
    private Quantity racksReporting(Window window) {
        double sum = 0;
        boolean awaited = false;
        for (HallMetrics hall : of(window)) {
            sum += hall.quantities().value(Metric.HALL_RACKS_REPORTING).orElse(0);
            awaited |= hall.quantities().get(Metric.HALL_RACKS_REPORTING) instanceof Quantity.Unknown;
        }
        return sum == 0 && awaited ? Quantity.unknown(Reason.NO_READINGS) : Quantity.measured(sum);
    }

    private List<HallMetrics> of(Window window) {
        return byWindow.getOrDefault(window, List.of());
    }

    /** A hall that did not deliver knows nothing; one that has nothing to measure owes nothing. */
    private Quantity sumOverHalls(Window window, Metric metric) {
        double sum = 0;
        int known = 0;
        int inPart = 0;
        int owing = 0;
        int without = 0;
        for (Hall hall : site.halls()) {
            Quantity quantity = of(window).stream()
                    .filter(metrics -> metrics.hall().equals(hall.id()))
                    .map(metrics -> metrics.quantities().get(metric))
                    .findFirst()
                    .orElse(Quantity.unknown(Reason.NO_READINGS));
            switch (quantity) {
                case Measured measured -> {
                    sum += measured.value();
                    known++;
                }
                case Estimated estimated -> {
                    sum += estimated.value();
                    known++;
                    inPart++;
                }
                case Unknown unknown -> {
                    owing += unknown.reason() == Reason.NOT_MEASURED ? 0 : 1;
                    without += unknown.reason() == Reason.NOT_MEASURED ? 1 : 0;
                }
            }
        }
        if (known == 0) {
            boolean nobodyOwes = of(window).stream()
                    .map(metrics -> metrics.quantities().get(metric))
                    .allMatch(q -> q instanceof Unknown unknown && unknown.reason() == Reason.NOT_MEASURED);
            return Quantity.unknown(without > 0 && nobodyOwes ? Reason.NOT_MEASURED : Reason.NO_READINGS);
        }
        if (2 * owing > site.halls().size()) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        return owing > 0 || inPart > 0 ? Quantity.estimated(sum) : Quantity.measured(sum);
    }

    private static Quantity loads(Quantity it, Quantity cooling) {
        boolean uncooled = cooling instanceof Unknown unknown && unknown.reason() == Reason.NOT_MEASURED;
        return uncooled ? it : Combined.of(Double::sum, it, cooling);
    }

    private Quantity other(Window window, Quantity facility, Quantity loads) {
        Quantity rest = Combined.of((f, l) -> f - l, facility, loads);
        double known = Math.min(
                sources.leastKnown(window, SupplySource::physical),
                Math.min(
                        known(window, Metric.HALL_IT_POWER, hall -> true),
                        known(window, Metric.HALL_COOLING_POWER, hall -> true)));
        return known < 0.95 && !(rest instanceof Unknown) ? Quantity.unknown(Reason.INCOMPLETE) : rest;
    }

    private Quantity of(Window window, Hall hall, Metric metric) {
        return of(window).stream()
                .filter(metrics -> metrics.hall().equals(hall.id()))
                .map(metrics -> metrics.quantities().get(metric))
                .findFirst()
                .orElse(Quantity.unknown(Reason.NO_READINGS));
    }

    private static boolean owesNothing(Quantity quantity) {
        return quantity instanceof Unknown unknown && unknown.reason() == Reason.NOT_MEASURED;
    }

    /** The halls whose IT can be set against something else of theirs: they know both, or have nothing to know. */
    private Predicate<Hall> knowBoth(Window window, Metric it, Metric other) {
        return hall -> !(of(window, hall, it) instanceof Unknown)
                && (!(of(window, hall, other) instanceof Unknown) || owesNothing(of(window, hall, other)));
    }

    /**
     * Part of a sum over halls that is known where only some halls count: racks weigh for IT, cooling units for all else, in whole millionths of one, so that
     * 0.95 of each hall is 0.95 of all.
     */
    private double known(Window window, Metric metric, Predicate<Hall> counts) {
        boolean it = metric == Metric.HALL_IT_POWER || metric == Metric.HALL_IT_ENERGY;
        long owed = 0;
        long millionths = 0;
        for (Hall hall : site.halls()) {
            Quantity quantity = of(window, hall, metric);
            int weight = it ? hall.racks().size() : hall.coolingUnits().size();
            owed += owesNothing(quantity) ? 0 : weight;
            millionths += counts.test(hall) ? Math.round(1e6 * weight * known(window, hall, metric)) : 0;
        }
        return owed == 0 ? 1 : millionths / (1e6 * owed);
    }

    private double known(Window window, Hall hall, Metric metric) {
        Quantity quantity = of(window, hall, metric);
        if (quantity instanceof Unknown) {
            return 0;
        }
        HallMetrics metrics = of(window).stream()
                .filter(one -> one.hall().equals(hall.id()))
                .findFirst()
                .orElseThrow();
        if (metric == Metric.HALL_IT_POWER) {
            return metrics.completeness();
        }
        Metric tells = switch (metric) {
            case HALL_IT_ENERGY -> Metric.HALL_IT_ENERGY_COMPLETENESS;
            case HALL_COOLING_ENERGY -> Metric.HALL_COOLING_ENERGY_COMPLETENESS;
            case HALL_COOLING_POWER -> Metric.HALL_COOLING_COMPLETENESS;
            case HALL_WATER -> Metric.HALL_WATER_COMPLETENESS;
            default -> throw new IllegalArgumentException("nothing is divided by " + metric);
        };
        return quantity instanceof Measured
                ? 1
                : metrics.quantities().value(tells).orElse(0);
    }

    private Quantity sum(Window window, Metric metric, Predicate<Hall> counts) {
        Quantity sum = Quantity.measured(0);
        for (Hall hall : site.halls()) {
            if (counts.test(hall) && !owesNothing(of(window, hall, metric))) {
                sum = Combined.of(Double::sum, sum, of(window, hall, metric));
            }
        }
        return sum;
    }

    /** Facility over IT; without a grid meter that of the halls that know both their IT and their cooling. */
    private Quantity usage(
            Window window,
            Combined.Combination ratio,
            Quantity facility,
            double knownOfFacility,
            Metric it,
            Metric cooling) {
        if (sources.gridMetered()) {
            return Combined.ratio(
                    ratio, facility, knownOfFacility, sumOverHalls(window, it), known(window, it, hall -> true));
        }
        Predicate<Hall> both = knowBoth(window, it, cooling);
        double knownOfIt = known(window, it, both);
        Quantity divisor = sum(window, it, both);
        return Combined.ratio(
                ratio,
                Combined.of(Double::sum, divisor, sum(window, cooling, both)),
                Math.min(knownOfIt, known(window, cooling, both)),
                divisor,
                knownOfIt);
    }

    private static Quantity atLeastOne(Quantity ratio) {
        return !(ratio instanceof Unknown) && Combined.value(ratio) < 1 ? Quantity.unknown(Reason.IMPLAUSIBLE) : ratio;
    }

    private Quantity powerRatio(Window window, Quantity facility, Quantity it) {
        if (facility instanceof Unknown || it instanceof Unknown) {
            return facility instanceof Unknown ? facility : it;
        }
        Quantity ratio = usage(
                window,
                (whole, part) -> whole / part,
                facility,
                sources.leastKnown(window, SupplySource::physical),
                Metric.HALL_IT_POWER,
                Metric.HALL_COOLING_POWER);
        double design = site.halls().stream().mapToDouble(Hall::designItWatts).sum();
        boolean incomplete = ratio instanceof Unknown unknown && unknown.reason() == Reason.INCOMPLETE;
        return Combined.value(it) < LEAST_LOAD * design && !incomplete
                ? Quantity.unknown(Reason.DIVISOR_ZERO)
                : atLeastOne(ratio);
    }

    private void energies(Window window, Quantities.Builder all) {
        Quantity it = sumOverHalls(window, Metric.HALL_IT_ENERGY);
        Quantity facility = sources.gridMetered()
                ? sources.physicalEnergy(window)
                : loads(it, sumOverHalls(window, Metric.HALL_COOLING_ENERGY));
        all.put(Metric.SITE_IT_ENERGY, it);
        all.put(Metric.SITE_FACILITY_ENERGY, facility);
        for (SupplySource source : site.sources()) {
            all.put(Metric.SITE_SUPPLY_ENERGY, source.id().text(), sources.net(source, window));
        }
        all.put(
                Metric.SITE_PUE,
                firstUnknown(facility, it)
                        .orElseGet(() -> atLeastOne(energyUsage(window, (whole, part) -> whole / part, facility))));
        Quantity water = sumOverHalls(window, Metric.HALL_WATER);
        all.put(Metric.SITE_WATER, water);
        all.put(Metric.SITE_WUE, firstUnknown(water, it).orElseGet(() -> {
            Predicate<Hall> both = knowBoth(window, Metric.HALL_IT_ENERGY, Metric.HALL_WATER);
            return Combined.ratio(
                    (millilitres, load) -> millilitres / 1_000 / (load / 1e6),
                    sum(window, Metric.HALL_WATER, both),
                    known(window, Metric.HALL_WATER, both),
                    sum(window, Metric.HALL_IT_ENERGY, both),
                    known(window, Metric.HALL_IT_ENERGY, both));
        }));
        boolean backwards = !(facility instanceof Unknown) && Combined.value(facility) < 0;
        Quantity cameIn = backwards ? Quantity.unknown(Reason.IMPLAUSIBLE) : facility;
        Quantity mix = sources.mixIntensity(window);
        all.put(
                Metric.SITE_CUE,
                firstUnknown(cameIn, mix, it)
                        .orElseGet(() -> Combined.of(
                                (kilowattHours, grams) -> kilowattHours * grams,
                                energyUsage(window, (whole, part) -> whole / part, facility),
                                mix)));
        Quantity renewable = sources.renewableEnergy(window);
        double known = sources.gridMetered()
                ? 1
                : Math.min(
                        known(window, Metric.HALL_IT_ENERGY, hall -> true),
                        known(window, Metric.HALL_COOLING_ENERGY, hall -> true));
        all.put(
                Metric.SITE_REF,
                firstUnknown(renewable, facility)
                        .orElseGet(() -> Combined.ratio(
                                (green, whole) -> Math.clamp(green / whole, 0, 1), renewable, 1, facility, known)));
    }

    private Quantity energyUsage(Window window, Combined.Combination ratio, Quantity facility) {
        return usage(window, ratio, facility, 1, Metric.HALL_IT_ENERGY, Metric.HALL_COOLING_ENERGY);
    }

    private static Optional<Quantity> firstUnknown(Quantity... of) {
        return Arrays.stream(of).filter(quantity -> quantity instanceof Unknown).findFirst();
    }

    private void supply(Window window, Quantity facility, Quantities.Builder all) {
        for (SupplySource source : site.sources()) {
            all.put(Metric.SITE_SUPPLY_POWER, source.id().text(), sources.watts(source, window));
        }
        Quantity renewable = sources.power(
                window, site.sources().stream().filter(SupplySource::renewable).toList());
        Quantity intensity = sources.intensity(window);
        all.put(Metric.SITE_RENEWABLE_POWER, renewable);
        all.put(
                Metric.SITE_GRID_IMPORT,
                sources.power(
                        window,
                        site.sources().stream()
                                .filter(source -> source.kind() == SupplyKind.GRID)
                                .toList()));
        all.put(Metric.SITE_CARBON_INTENSITY, intensity);
        Quantity unmatched = Combined.of((load, green) -> Math.max(0, load - green), facility, renewable);
        double known = sources.gridMetered()
                ? sources.leastKnown(window, SupplySource::physical)
                : Math.min(
                        known(window, Metric.HALL_IT_POWER, hall -> true),
                        known(window, Metric.HALL_COOLING_POWER, hall -> true));
        all.put(
                Metric.SITE_RENEWABLE_SHARE,
                firstUnknown(facility, renewable)
                        .orElseGet(() -> Combined.ratio(
                                (green, load) -> Math.clamp(green, 0, load) / load,
                                renewable,
                                sources.leastKnown(window, SupplySource::renewable),
                                facility,
                                known)));
        all.put(Metric.SITE_CARBON_RATE, Combined.of((watts, grams) -> watts * grams / 3.6e6, unmatched, intensity));
    }

    /** What its sources must come to. */
    SourcesOracle sources() {
        return sources;
    }
}
