package io.hallwatt.aggregate.site;

import io.hallwatt.aggregate.site.MeterOracle.Part;
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
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
    private final Map<SupplySource, List<SupplyReading>> bySource = new HashMap<>();
    private final Map<SupplySource, MeterOracle> delivered = new HashMap<>();
    private final Map<SupplySource, MeterOracle> drawn = new HashMap<>();

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
        for (SupplySource source : site.sources()) {
            List<SupplyReading> own = readings.stream()
                    .filter(reading -> reading.source().equals(source.id()))
                    .toList();
            bySource.put(source, own);
            delivered.put(
                    source,
                    new MeterOracle(source.reportInterval(), own, SupplyReading::deliveredRegisterMilliwattHours, 1));
            drawn.put(
                    source,
                    new MeterOracle(source.reportInterval(), own, SupplyReading::drawnRegisterMilliwattHours, -1));
        }
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
        Quantity facility = gridMetered() ? physicalPower(window) : loads(it, cooling);
        all.put(Metric.SITE_IT_POWER, it);
        all.put(Metric.SITE_COOLING_POWER, cooling);
        all.put(Metric.SITE_FACILITY_POWER, facility);
        all.put(
                Metric.SITE_OTHER_POWER,
                gridMetered()
                        ? combined((f, l) -> f - l, facility, loads(it, cooling))
                        : Quantity.unknown(Reason.NOT_MEASURED));
        if (live) {
            all.put(Metric.SITE_POWER_RATIO, powerRatio(window, facility, it));
        } else {
            energies(window, all);
        }
        supply(window, facility, all);
        all.put(Metric.SITE_RACKS_EXPECTED, site.rackCount());
        all.put(
                Metric.SITE_RACKS_REPORTING,
                of(window).stream()
                        .mapToDouble(hall -> hall.quantities()
                                .value(Metric.HALL_RACKS_REPORTING)
                                .orElse(0))
                        .sum());
        all.put(Metric.SITE_COMPLETENESS, completeness(window));
        all.put(Metric.SITE_THERMAL_POWER, sumOverHalls(window, Metric.HALL_THERMAL_POWER));
        return all.build();
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

    private boolean gridMetered() {
        return site.sources().stream().anyMatch(source -> source.kind() == SupplyKind.GRID && source.physical());
    }

    private Quantity physicalPower(Window window) {
        double sum = 0;
        for (SupplySource source : site.sources()) {
            OptionalDouble watts = watts(source, window);
            if (source.physical() && watts.isEmpty()) {
                return Quantity.unknown(Reason.INCOMPLETE);
            }
            sum += source.physical() ? watts.orElseThrow() : 0;
        }
        return Quantity.measured(sum);
    }

    private static Quantity loads(Quantity it, Quantity cooling) {
        boolean uncooled = cooling instanceof Unknown unknown && unknown.reason() == Reason.NOT_MEASURED;
        return uncooled ? it : combined(Double::sum, it, cooling);
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
        if (value(it) <= 0 || value(it) < LEAST_LOAD * design) {
            return Quantity.unknown(Reason.DIVISOR_ZERO);
        }
        return value(facility) < value(it) ? Quantity.unknown(Reason.IMPLAUSIBLE) : ratio(facility, it);
    }

    private void energies(Window window, Quantities.Builder all) {
        Quantity it = sumOverHalls(window, Metric.HALL_IT_ENERGY);
        Quantity facility =
                gridMetered() ? physicalEnergy(window) : loads(it, sumOverHalls(window, Metric.HALL_COOLING_ENERGY));
        all.put(Metric.SITE_IT_ENERGY, it);
        all.put(Metric.SITE_FACILITY_ENERGY, facility);
        for (SupplySource source : site.sources()) {
            all.put(Metric.SITE_SUPPLY_ENERGY, source.id().text(), net(source, window));
        }
        Quantity pue;
        if (facility instanceof Unknown) {
            pue = facility;
        } else if (it instanceof Unknown) {
            pue = it;
        } else if (it instanceof Estimated && completeness(window) < RATIO_COMPLETENESS) {
            pue = Quantity.unknown(Reason.INCOMPLETE);
        } else if (value(it) <= 0) {
            pue = Quantity.unknown(Reason.DIVISOR_ZERO);
        } else {
            pue = value(facility) < value(it) ? Quantity.unknown(Reason.IMPLAUSIBLE) : ratio(facility, it);
        }
        all.put(Metric.SITE_PUE, pue);
        Quantity divisor = it;
        if (it instanceof Estimated && completeness(window) < RATIO_COMPLETENESS) {
            divisor = Quantity.unknown(Reason.INCOMPLETE);
        } else if (!(it instanceof Unknown) && value(it) <= 0) {
            divisor = Quantity.unknown(Reason.DIVISOR_ZERO);
        }
        Quantity water = sumOverHalls(window, Metric.HALL_WATER);
        all.put(Metric.SITE_WATER, water);
        all.put(Metric.SITE_WUE, combined((millilitres, load) -> millilitres / 1_000 / (load / 1e6), water, divisor));
        boolean backwards = !(facility instanceof Unknown) && value(facility) < 0;
        Quantity cameIn = backwards ? Quantity.unknown(Reason.IMPLAUSIBLE) : facility;
        Quantity grams = combined((energy, factor) -> energy / 1e6 * factor, cameIn, mixIntensity(window));
        all.put(Metric.SITE_CUE, combined((carbon, load) -> carbon / (load / 1e6), grams, divisor));
        all.put(Metric.SITE_REF, renewableFactor(window, facility));
    }

    /** Grams over kilowatt-hours of all that physical sources delivered; a battery's at the grid's. */
    private Quantity mixIntensity(Window window) {
        List<SupplySource> physical =
                site.sources().stream().filter(SupplySource::physical).toList();
        if (physical.isEmpty()) {
            return intensity(window);
        }
        Quantity energy = Quantity.measured(0);
        Quantity carbon = Quantity.measured(0);
        for (SupplySource source : physical) {
            Quantity net = net(source, window);
            Quantity factor = Quantity.measured(0);
            if (!(net instanceof Unknown) && value(net) > 0) {
                Double own = source.carbonGramsPerKilowattHour();
                factor = switch (source.kind()) {
                    case GRID, BATTERY -> intensity(window);
                    default -> own == null ? Quantity.unknown(Reason.FACTOR_UNKNOWN) : Quantity.measured(own);
                };
            } else if (!(net instanceof Unknown)) {
                net = Quantity.measured(0); // takes, and brings no carbon in
            }
            energy = combined(Double::sum, energy, net);
            carbon = combined(Double::sum, carbon, combined((e, f) -> e * f, net, factor));
        }
        if (carbon instanceof Unknown) {
            return carbon;
        }
        return value(energy) == 0 ? Quantity.unknown(Reason.DIVISOR_ZERO) : ratio(carbon, energy);
    }

    private Quantity renewableFactor(Window window, Quantity facility) {
        Quantity sum = Quantity.unknown(Reason.NOT_MEASURED);
        for (SupplySource source : site.sources()) {
            if (source.renewable()) {
                Quantity net = net(source, window);
                sum = sum instanceof Unknown unknown && unknown.reason() == Reason.NOT_MEASURED
                        ? net
                        : combined(Double::sum, sum, net);
            }
        }
        if (sum instanceof Unknown) {
            return sum;
        }
        if (!(facility instanceof Unknown) && value(facility) <= 0) {
            return Quantity.unknown(Reason.DIVISOR_ZERO);
        }
        return combined((green, all) -> Math.clamp(green / all, 0, 1), sum, facility);
    }

    private Quantity physicalEnergy(Window window) {
        Quantity sum = Quantity.measured(0);
        for (SupplySource source : site.sources()) {
            if (source.physical()) {
                sum = combined(Double::sum, sum, net(source, window));
            }
        }
        return sum;
    }

    /** Delivered less drawn; of a source that never draws, what it delivered. */
    private Quantity net(SupplySource source, Window window) {
        long start = window.start().toEpochMilli();
        long end = window.end().toEpochMilli();
        MeterOracle draws = oracle(drawn, source);
        Part in = oracle(delivered, source).in(start, end);
        Part out = draws.in(start, end);
        if (!in.complete() || (draws.speaks() && !out.complete())) {
            return Quantity.unknown(Reason.BOUNDARY_UNKNOWN);
        }
        double net = in.total() - out.total();
        return in.estimated() > 0 || out.estimated() > 0 ? Quantity.estimated(net) : Quantity.measured(net);
    }

    private void supply(Window window, Quantity facility, Quantities.Builder all) {
        for (SupplySource source : site.sources()) {
            OptionalDouble watts = watts(source, window);
            all.put(
                    Metric.SITE_SUPPLY_POWER,
                    source.id().text(),
                    watts.isPresent() ? Quantity.measured(watts.getAsDouble()) : Quantity.unknown(Reason.NO_READINGS));
        }
        Quantity renewable = power(
                window, site.sources().stream().filter(SupplySource::renewable).toList());
        Quantity intensity = intensity(window);
        all.put(Metric.SITE_RENEWABLE_POWER, renewable);
        all.put(
                Metric.SITE_GRID_IMPORT,
                power(
                        window,
                        site.sources().stream()
                                .filter(source -> source.kind() == SupplyKind.GRID)
                                .toList()));
        all.put(Metric.SITE_CARBON_INTENSITY, intensity);
        Quantity unmatched = combined((load, green) -> Math.max(0, load - green), facility, renewable);
        Quantity share = combined((load, green) -> Math.clamp(green, 0, Math.max(0, load)) / load, facility, renewable);
        all.put(
                Metric.SITE_RENEWABLE_SHARE,
                !(share instanceof Unknown) && value(facility) <= 0 ? Quantity.unknown(Reason.DIVISOR_ZERO) : share);
        all.put(Metric.SITE_CARBON_RATE, combined((watts, grams) -> watts * grams / 3.6e6, unmatched, intensity));
    }

    private Quantity power(Window window, List<SupplySource> sources) {
        List<Double> known = new ArrayList<>();
        for (SupplySource source : sources) {
            watts(source, window).ifPresent(known::add);
        }
        if (sources.isEmpty()) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        if (known.size() < sources.size()) {
            return Quantity.unknown(known.isEmpty() ? Reason.NO_READINGS : Reason.INCOMPLETE);
        }
        return Quantity.measured(known.stream().mapToDouble(Double::doubleValue).sum());
    }

    /** Of the first grid connection that has one: as metered in the window, else its factor. */
    private Quantity intensity(Window window) {
        for (SupplySource source : site.sources()) {
            if (source.kind() == SupplyKind.GRID) {
                OptionalDouble metered = mean(source, window, SupplyReading::carbonGramsPerKilowattHour, 0);
                Double factor = source.carbonGramsPerKilowattHour();
                if (metered.isPresent() || factor != null) {
                    return Quantity.measured(metered.orElse(factor == null ? 0 : factor));
                }
            }
        }
        return Quantity.unknown(Reason.FACTOR_UNKNOWN);
    }

    private OptionalDouble watts(SupplySource source, Window window) {
        return mean(source, window, SupplyReading::watts, 0.5);
    }

    /** A reading holds until the next one, at most for three intervals; empty where that covers less than {@code least} of the window. */
    private OptionalDouble mean(
            SupplySource source, Window window, Function<SupplyReading, @Nullable Double> value, double least) {
        List<SupplyReading> own = bySource.getOrDefault(source, List.of());
        long hold = 3 * source.reportInterval().toMillis();
        long start = window.start().toEpochMilli();
        long end = window.end().toEpochMilli();
        double sum = 0;
        long covered = 0;
        for (int i = firstAfter(own, start - hold); i < own.size(); i++) {
            long at = own.get(i).at().toEpochMilli();
            if (at >= end) {
                break;
            }
            long next = i + 1 < own.size() ? own.get(i + 1).at().toEpochMilli() : Long.MAX_VALUE;
            long millis = Math.min(Math.min(next, at + hold), end) - Math.max(at, start);
            Double here = value.apply(own.get(i));
            if (here != null && millis > 0) {
                sum += here * millis;
                covered += millis;
            }
        }
        return covered == 0 || covered < least * (end - start)
                ? OptionalDouble.empty()
                : OptionalDouble.of(sum / covered);
    }

    /** Place of the first reading later than {@code at}: what was said before holds no more. */
    private static int firstAfter(List<SupplyReading> own, long at) {
        int low = 0;
        int high = own.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (own.get(middle).at().toEpochMilli() <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** What must stand in the journal of one direction of a source for one hour; null where nothing need stand there. */
    @Nullable
    Hour hour(SupplySource source, boolean deliveredOne, Instant start) {
        MeterOracle meter = oracle(deliveredOne ? delivered : drawn, source);
        long from = start.toEpochMilli();
        long to = from + Resolution.HOUR.millis();
        if (!meter.speaks()) {
            boolean factorOnly =
                    deliveredOne && !oracle(drawn, source).speaks() && metered(source, from, to).length > 0;
            return factorOnly ? new Hour(0, 0, false, carbon(source, from, to)) : null;
        }
        Part part = meter.in(from, to);
        return part.total() == 0 && !part.complete() && !meter.readIn(from, to)
                ? null
                : new Hour(part.measured(), part.estimated(), part.complete(), carbon(source, from, to));
    }

    /** One hour of one direction of a source. */
    record Hour(
            long measured,
            long estimated,
            boolean complete,
            @Nullable Double carbon) {}

    /** All that the sources' meters counted, mWh. */
    long counted() {
        long sum = 0;
        for (SupplySource source : site.sources()) {
            sum += oracle(delivered, source).total() + oracle(drawn, source).total();
        }
        return sum;
    }

    /** A factor holds for the time before it was stated: at the full hour, for the hour that ends. */
    private double[] metered(SupplySource source, long from, long to) {
        return bySource.getOrDefault(source, List.of()).stream()
                .filter(reading -> reading.carbonGramsPerKilowattHour() != null)
                .filter(reading ->
                        reading.at().toEpochMilli() > from && reading.at().toEpochMilli() <= to)
                .mapToDouble(SupplyReading::carbonGramsPerKilowattHour)
                .toArray();
    }

    private @Nullable Double carbon(SupplySource source, long from, long to) {
        double[] metered = metered(source, from, to);
        if (metered.length == 0) {
            return source.carbonGramsPerKilowattHour();
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (double one : metered) {
            sum = sum.add(BigDecimal.valueOf(one));
        }
        return sum.divide(BigDecimal.valueOf(metered.length), MathContext.DECIMAL64)
                .doubleValue();
    }

    private static MeterOracle oracle(Map<SupplySource, MeterOracle> of, SupplySource source) {
        MeterOracle oracle = of.get(source);
        if (oracle == null) {
            throw new IllegalArgumentException(source.id() + " is no source of the site");
        }
        return oracle;
    }

    /** How two values become one. */
    private interface Combination {
        double of(double one, double other);
    }

    /** The first that is not known is why the result is not; else it is estimated where one of them is. */
    private static Quantity combined(Combination combination, Quantity one, Quantity other) {
        if (one instanceof Unknown) {
            return one;
        }
        if (other instanceof Unknown) {
            return other;
        }
        double value = combination.of(value(one), value(other));
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Quantity.measured(0); // divided by zero: the caller says so
        }
        return one instanceof Estimated || other instanceof Estimated
                ? Quantity.estimated(value)
                : Quantity.measured(value);
    }

    private static Quantity ratio(Quantity whole, Quantity part) {
        return combined((w, p) -> w / p, whole, part);
    }

    private static double value(Quantity quantity) {
        return switch (quantity) {
            case Measured measured -> measured.value();
            case Estimated estimated -> estimated.value();
            case Unknown unknown -> throw new IllegalArgumentException("not known: " + unknown.reason());
        };
    }
}
