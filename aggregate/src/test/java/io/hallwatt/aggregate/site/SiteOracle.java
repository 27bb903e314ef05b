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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a site's windows and hours must say, computed from all that its halls and sources ever said, plainly: every window looks at everything. Knows the
 * written rules and none of the code under test.
 */
final class SiteOracle {
    private static final List<Resolution> RESOLUTIONS =
            List.of(Resolution.SECOND, Resolution.MINUTE, Resolution.QUARTER);
    private static final double RATIO_COMPLETENESS = 0.95;
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
                        ? Combined.of((f, l) -> f - l, facility, loads(it, cooling))
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

    private Quantity powerRatio(Window window, Quantity facility, Quantity it) {
        double design = site.halls().stream().mapToDouble(Hall::designItWatts).sum();
        if (facility instanceof Unknown) {
            return facility;
        }
        if (it instanceof Unknown) {
            return it;
        }
        if (completeness(window) < RATIO_COMPLETENESS) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        if (Combined.value(it) <= 0 || Combined.value(it) < LEAST_LOAD * design) {
            return Quantity.unknown(Reason.DIVISOR_ZERO);
        }
        return Combined.value(facility) < Combined.value(it)
                ? Quantity.unknown(Reason.IMPLAUSIBLE)
                : Combined.ratio(facility, it);
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
        Quantity pue;
        if (facility instanceof Unknown) {
            pue = facility;
        } else if (it instanceof Unknown) {
            pue = it;
        } else if (it instanceof Estimated && completeness(window) < RATIO_COMPLETENESS) {
            pue = Quantity.unknown(Reason.INCOMPLETE);
        } else if (Combined.value(it) <= 0) {
            pue = Quantity.unknown(Reason.DIVISOR_ZERO);
        } else {
            pue = Combined.value(facility) < Combined.value(it)
                    ? Quantity.unknown(Reason.IMPLAUSIBLE)
                    : Combined.ratio(facility, it);
        }
        all.put(Metric.SITE_PUE, pue);
        Quantity divisor = it;
        if (it instanceof Estimated && completeness(window) < RATIO_COMPLETENESS) {
            divisor = Quantity.unknown(Reason.INCOMPLETE);
        } else if (!(it instanceof Unknown) && Combined.value(it) <= 0) {
            divisor = Quantity.unknown(Reason.DIVISOR_ZERO);
        }
        Quantity water = sumOverHalls(window, Metric.HALL_WATER);
        all.put(Metric.SITE_WATER, water);
        all.put(
                Metric.SITE_WUE,
                Combined.of((millilitres, load) -> millilitres / 1_000 / (load / 1e6), water, divisor));
        boolean backwards = !(facility instanceof Unknown) && Combined.value(facility) < 0;
        Quantity cameIn = backwards ? Quantity.unknown(Reason.IMPLAUSIBLE) : facility;
        Quantity grams = Combined.of((energy, factor) -> energy / 1e6 * factor, cameIn, sources.mixIntensity(window));
        all.put(Metric.SITE_CUE, Combined.of((carbon, load) -> carbon / (load / 1e6), grams, divisor));
        all.put(Metric.SITE_REF, sources.renewableFactor(window, facility));
    }

    private void supply(Window window, Quantity facility, Quantities.Builder all) {
        for (SupplySource source : site.sources()) {
            OptionalDouble watts = sources.watts(source, window);
            all.put(
                    Metric.SITE_SUPPLY_POWER,
                    source.id().text(),
                    watts.isPresent() ? Quantity.measured(watts.getAsDouble()) : Quantity.unknown(Reason.NO_READINGS));
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
        Quantity share =
                Combined.of((load, green) -> Math.clamp(green, 0, Math.max(0, load)) / load, facility, renewable);
        all.put(
                Metric.SITE_RENEWABLE_SHARE,
                !(share instanceof Unknown) && Combined.value(facility) <= 0
                        ? Quantity.unknown(Reason.DIVISOR_ZERO)
                        : share);
        all.put(Metric.SITE_CARBON_RATE, Combined.of((watts, grams) -> watts * grams / 3.6e6, unmatched, intensity));
    }

    /** What its sources must come to. */
    SourcesOracle sources() {
        return sources;
    }
}
