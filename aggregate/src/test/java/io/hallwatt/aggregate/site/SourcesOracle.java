package io.hallwatt.aggregate.site;

import io.hallwatt.aggregate.site.MeterOracle.Part;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Quantity.Unknown;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a site's sources gave and took, from all that they ever said: powers as means of what holds in a window, energies by their meters. */
final class SourcesOracle {
    private final Site site;
    private final Map<SupplySource, List<SupplyReading>> bySource = new HashMap<>();
    private final Map<SupplySource, MeterOracle> delivered = new HashMap<>();
    private final Map<SupplySource, MeterOracle> drawn = new HashMap<>();

    /** @param readings in order of time, without repetition */
    SourcesOracle(Site site, List<SupplyReading> readings) {
        this.site = site;
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

    boolean gridMetered() {
        return site.sources().stream().anyMatch(source -> source.kind() == SupplyKind.GRID && source.physical());
    }

    Quantity physicalPower(Window window) {
        Quantity sum = Quantity.measured(0);
        for (SupplySource source : site.sources()) {
            if (source.physical()) {
                sum = Combined.of(Double::sum, sum, watts(source, window));
            }
        }
        return sum instanceof Unknown ? Quantity.unknown(Reason.INCOMPLETE) : sum;
    }

    /** The part of the window for which each of some sources is known, of the one that is known least. */
    double leastKnown(Window window, Predicate<SupplySource> which) {
        return site.sources().stream()
                .filter(which)
                .mapToDouble(
                        source -> mean(source, window, SupplyReading::watts).known())
                .min()
                .orElse(1);
    }

    /** Grams over kilowatt-hours of all that physical sources delivered; a battery's at the grid's. */
    Quantity mixIntensity(Window window) {
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
            if (!(net instanceof Unknown) && Combined.value(net) > 0) {
                Double own = source.carbonGramsPerKilowattHour();
                factor = switch (source.kind()) {
                    case GRID, BATTERY -> intensity(window);
                    default -> own == null ? Quantity.unknown(Reason.FACTOR_UNKNOWN) : Quantity.measured(own);
                };
            } else if (!(net instanceof Unknown)) {
                net = Quantity.measured(0); // takes, and brings no carbon in
            }
            energy = Combined.of(Double::sum, energy, net);
            carbon = Combined.of(Double::sum, carbon, Combined.of((e, f) -> e * f, net, factor));
        }
        if (carbon instanceof Unknown) {
            return carbon;
        }
        return Combined.value(energy) == 0 ? Quantity.unknown(Reason.DIVISOR_ZERO) : Combined.ratio(carbon, energy);
    }

    Quantity renewableEnergy(Window window) {
        Quantity sum = Quantity.unknown(Reason.NOT_MEASURED);
        for (SupplySource source : site.sources()) {
            if (source.renewable()) {
                Quantity net = net(source, window);
                sum = sum instanceof Unknown unknown && unknown.reason() == Reason.NOT_MEASURED
                        ? net
                        : Combined.of(Double::sum, sum, net);
            }
        }
        return sum;
    }

    Quantity physicalEnergy(Window window) {
        Quantity sum = Quantity.measured(0);
        for (SupplySource source : site.sources()) {
            if (source.physical()) {
                sum = Combined.of(Double::sum, sum, net(source, window));
            }
        }
        return sum;
    }

    /** Delivered less drawn; of a source that never draws, what it delivered. */
    Quantity net(SupplySource source, Window window) {
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

    Quantity power(Window window, List<SupplySource> sources) {
        Quantity sum = Quantity.measured(0);
        int known = 0;
        for (SupplySource source : sources) {
            Quantity watts = watts(source, window);
            known += watts instanceof Unknown ? 0 : 1;
            sum = Combined.of(Double::sum, sum, watts);
        }
        if (sources.isEmpty()) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        return known > 0 && known < sources.size() ? Quantity.unknown(Reason.INCOMPLETE) : sum;
    }

    /** Of the first grid connection that has one: as metered in the window, else its factor. */
    Quantity intensity(Window window) {
        for (SupplySource source : site.sources()) {
            if (source.kind() == SupplyKind.GRID) {
                Mean metered = mean(source, window, SupplyReading::carbonGramsPerKilowattHour);
                Double factor = source.carbonGramsPerKilowattHour();
                if (metered.known() > 0) {
                    return metered.quantity();
                }
                if (factor != null) {
                    return Quantity.measured(factor);
                }
            }
        }
        return Quantity.unknown(Reason.FACTOR_UNKNOWN);
    }

    /** Of at least half of the window. */
    Quantity watts(SupplySource source, Window window) {
        Mean mean = mean(source, window, SupplyReading::watts);
        return mean.known() < 0.5 ? Quantity.unknown(Reason.NO_READINGS) : mean.quantity();
    }

    /** @param known part of the window */
    private record Mean(double value, double known) {
        Quantity quantity() {
            return known < 1 ? Quantity.estimated(value) : Quantity.measured(value);
        }
    }

    /** A reading holds until the next one, at most for three intervals. */
    private Mean mean(SupplySource source, Window window, Function<SupplyReading, @Nullable Double> value) {
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
        return new Mean(covered == 0 ? 0 : sum / covered, covered / (double) (end - start));
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
}
