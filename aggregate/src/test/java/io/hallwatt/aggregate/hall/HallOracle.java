package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackFrame.Column;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a hall's windows and hours must say, computed from a sorted list without repetitions, plainly: every window looks at all readings. Knows the written
 * rules and none of the code under test.
 */
final class HallOracle {
    private static final long LONGEST_BOUNDARY_WAIT = 15_000;

    private final Hall hall;
    private final Map<String, List<RackReading>> racks = new HashMap<>();
    private final Map<String, List<CoolingReading>> units = new HashMap<>();
    /** In which anybody spoke. */
    private final TreeSet<Long> seconds = new TreeSet<>();

    private final Map<Long, MetersOracle> meters = new HashMap<>();

    HallOracle(Hall hall, List<Reading> sorted) {
        this.hall = hall;
        for (Reading reading : sorted) {
            seconds.add(reading.at().toEpochMilli() / 1_000 * 1_000);
            switch (reading) {
                case RackReading rack ->
                    racks.computeIfAbsent(rack.rack().text(), id -> new ArrayList<>())
                            .add(rack);
                case CoolingReading unit ->
                    units.computeIfAbsent(unit.unit().text(), id -> new ArrayList<>())
                            .add(unit);
                default -> throw new IllegalArgumentException("of no hall: " + reading);
            }
        }
    }

    private List<RackOracle> racks(long start, long end) {
        return hall.racks().stream()
                .map(rack -> new RackOracle(rack, racks.getOrDefault(rack.id().text(), List.of()), start, end))
                .toList();
    }

    private List<UnitOracle> units(long start, long end) {
        return hall.coolingUnits().stream()
                .map(unit -> new UnitOracle(unit, units.getOrDefault(unit.id().text(), List.of()), start, end))
                .toList();
    }

    /** Seconds in which anybody spoke; minutes and quarters in which anybody did, or in which power still held, to the end of the last quarter spoken in. */
    Set<Window> windows() {
        Set<Window> windows = new TreeSet<>();
        for (long second : seconds) {
            add(windows, second, second + 1);
            windows.add(Resolution.SECOND.windowAt(Instant.ofEpochMilli(second)));
        }
        for (Rack rack : hall.racks()) {
            List<RackReading> all = racks.getOrDefault(rack.id().text(), List.of());
            long hold = 3 * rack.reportInterval().toMillis();
            held(windows, all, hold, reading -> reading.feedA() != null || reading.feedB() != null);
        }
        for (CoolingUnit unit : hall.coolingUnits()) {
            List<CoolingReading> all = units.getOrDefault(unit.id().text(), List.of());
            long hold = 3 * unit.reportInterval().toMillis();
            held(
                    windows,
                    all,
                    hold,
                    reading -> reading.electricalWatts() != null || reading.flowLitresPerSecond() != null);
        }
        return windows;
    }

    private <R extends Reading> void held(Set<Window> windows, List<R> all, long hold, Predicate<R> tells) {
        long quarter = Resolution.QUARTER.millis();
        long end = seconds.last() / quarter * quarter + quarter;
        for (int i = 0; i < all.size(); i++) {
            long at = all.get(i).at().toEpochMilli();
            long next = i + 1 < all.size() ? all.get(i + 1).at().toEpochMilli() : Long.MAX_VALUE;
            if (tells.test(all.get(i))) {
                add(windows, at, Math.min(Math.min(next, at + hold), end));
            }
        }
    }

    private static void add(Set<Window> windows, long from, long to) {
        for (Resolution resolution : List.of(Resolution.MINUTE, Resolution.QUARTER)) {
            Window last = resolution.windowAt(Instant.ofEpochMilli(to - 1));
            for (Window window = resolution.windowAt(Instant.ofEpochMilli(from));
                    window.compareTo(last) <= 0;
                    window = window.next()) {
                windows.add(window);
            }
        }
    }

    /** A rack frame's columns, of those of which any rack knows something. */
    Map<Column, double[]> columns(Window window) {
        List<RackOracle> all = racks(window.start().toEpochMilli(), window.end().toEpochMilli());
        Map<Column, double[]> columns = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            int row = i;
            all.get(i).columns(seconds.first()).forEach((column, value) -> {
                if (!Double.isNaN(value)) {
                    columns.computeIfAbsent(column, c -> nothing(all.size()))[row] = value;
                }
            });
        }
        return columns;
    }

    private static double[] nothing(int racks) {
        double[] values = new double[racks];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    Quantities quantities(Window window) {
        long start = window.start().toEpochMilli();
        long end = window.end().toEpochMilli();
        List<RackOracle> rackOracles = racks(start, end);
        List<UnitOracle> unitOracles = units(start, end);
        Quantities.Builder all = Quantities.builder();
        all.put(Metric.HALL_IT_POWER, itPower(rackOracles));
        extremes(window, rackOracles, all);
        double reporting = rackOracles.stream().filter(RackOracle::reporting).count();
        all.put(Metric.HALL_RACKS_EXPECTED, hall.racks().size());
        double awaited = rackOracles.stream()
                .filter(rack -> rack.awaited(seconds.first()))
                .count();
        all.put(
                Metric.HALL_RACKS_REPORTING,
                reporting == 0 && awaited > 0 ? Quantity.unknown(Reason.NO_READINGS) : Quantity.measured(reporting));
        all.put(Metric.HALL_RACKS_SILENT, hall.racks().size() - reporting - awaited);
        all.put(Metric.HALL_COMPLETENESS, completeness(rackOracles));
        new FeedsOracle(rackOracles).put(all);
        new InletsOracle(hall, rackOracles, unitOracles).put(all);
        CoolingOracle cooling = new CoolingOracle(unitOracles, seconds.first());
        cooling.put(all);
        new HeadroomOracle(hall, rackOracles).put(itPower(rackOracles), cooling.capacity(), all);
        all.put(Metric.HALL_COOLING_REDUNDANCY, cooling.redundancy(itPower(rackOracles), completeness(rackOracles)));
        energies(window, cooling, all);
        return all.build();
    }

    double completeness(Window window) {
        return completeness(racks(window.start().toEpochMilli(), window.end().toEpochMilli()));
    }

    private static double completeness(List<RackOracle> racks) {
        long covered = 0;
        long window = 0;
        for (RackOracle rack : racks) {
            covered += rack.power().millis();
            window += rack.power().window();
        }
        return window == 0 ? 0 : covered / (double) window;
    }

    private static Quantity itPower(List<RackOracle> racks) {
        long sum = 0;
        boolean known = false;
        for (RackOracle rack : racks) {
            known |= rack.power().known();
            sum += rack.power().known() ? rack.power().mean() : 0;
        }
        return power(racks, known && completeness(racks) >= 0.5 ? (Long) sum : null);
    }

    /** Estimated where some rack is known for a part of the window only. */
    private static Quantity power(List<RackOracle> racks, @Nullable Long milliwatts) {
        if (milliwatts == null) {
            boolean any = racks.stream().anyMatch(rack -> rack.power().any());
            return Quantity.unknown(any ? Reason.INCOMPLETE : Reason.NO_READINGS);
        }
        boolean whole = racks.stream().allMatch(rack -> rack.power().whole());
        return whole ? Quantity.measured(milliwatts / 1_000.0) : Quantity.estimated(milliwatts / 1_000.0);
    }

    private void extremes(Window window, List<RackOracle> racks, Quantities.Builder all) {
        Long least = null;
        Long most = null;
        if (window.resolution() == Resolution.SECOND) {
            for (RackOracle rack : racks) {
                if (rack.power().known() && !(itPower(racks) instanceof Quantity.Unknown)) {
                    List<Long> samples =
                            rack.samples().isEmpty() ? List.of(rack.power().mean()) : rack.samples();
                    least = (least == null ? 0 : least)
                            + samples.stream().mapToLong(s -> s).min().orElseThrow();
                    most = (most == null ? 0 : most)
                            + samples.stream().mapToLong(s -> s).max().orElseThrow();
                }
            }
        } else {
            for (long second :
                    seconds.subSet(window.start().toEpochMilli(), window.end().toEpochMilli())) {
                Long mean = milliwatts(itPower(racks(second, second + 1_000)));
                if (mean != null) {
                    least = Math.min(mean, Objects.requireNonNullElse(least, mean));
                    most = Math.max(mean, Objects.requireNonNullElse(most, mean));
                }
            }
        }
        all.put(Metric.HALL_IT_POWER_MIN, power(racks, least));
        all.put(Metric.HALL_IT_POWER_MAX, power(racks, most));
    }

    private static @Nullable Long milliwatts(Quantity power) {
        return switch (power) {
            case Quantity.Measured measured -> Math.round(measured.value() * 1_000);
            case Quantity.Estimated estimated -> Math.round(estimated.value() * 1_000);
            case Quantity.Unknown unknown -> null;
        };
    }

    /** Of a second powers, of all else energies by registers. */
    private void energies(Window window, CoolingOracle cooling, Quantities.Builder all) {
        long start = window.start().toEpochMilli();
        long end = window.end().toEpochMilli();
        if (window.resolution() == Resolution.SECOND) {
            all.put(Metric.HALL_CER, cooling.efficiency());
            all.put(
                    Metric.HALL_PARTIAL_PUE,
                    partialPue(
                            Objects.requireNonNull(all.get(Metric.HALL_IT_POWER)),
                            completeness(window),
                            cooling.power(),
                            cooling.part()));
            return;
        }
        MetersOracle known = metersKnownBefore(knownWhenClosed(end));
        MetersOracle.Sum it = MetersOracle.of(known.it, start, end);
        MetersOracle.Sum used = MetersOracle.of(known.cooling, start, end);
        MetersOracle.Sum water = MetersOracle.of(known.water, start, end);
        Quantity nothing = Quantity.unknown(Reason.NOT_MEASURED);
        Quantity electricity = hall.coolingUnits().isEmpty() ? nothing : used.quantity();
        all.put(Metric.HALL_IT_ENERGY, it.quantity());
        all.put(Metric.HALL_IT_ENERGY_COMPLETENESS, it.completeness());
        all.put(Metric.HALL_COOLING_ENERGY, electricity);
        all.put(Metric.HALL_COOLING_ENERGY_COMPLETENESS, hall.coolingUnits().isEmpty() ? nothing : used.completeness());
        all.put(Metric.HALL_WATER, known.water.isEmpty() ? nothing : water.quantity());
        all.put(Metric.HALL_WATER_COMPLETENESS, known.water.isEmpty() ? nothing : water.completeness());
        all.put(Metric.HALL_CER, cooling.efficiency(electricity, known.cooling, start, end));
        all.put(Metric.HALL_PARTIAL_PUE, partialPue(it.quantity(), it.part(), electricity, used.part()));
    }

    private static Quantity partialPue(Quantity it, double partOfIt, Quantity used, double partOfUsed) {
        if (!(it instanceof Quantity.Unknown) && HeadroomOracle.number(used) < 0) {
            return Quantity.unknown(Reason.IMPLAUSIBLE);
        }
        return ratio(Quantity.of(it, used, Double::sum), Math.min(partOfIt, partOfUsed), it, partOfIt);
    }

    /** One over the other, where 95 % of what each stands for is in it; estimated where not all is. */
    static Quantity ratio(Quantity one, double partOfOne, Quantity other, double partOfOther) {
        double part = Math.min(partOfOne, partOfOther);
        if (one instanceof Quantity.Unknown || other instanceof Quantity.Unknown) {
            return one instanceof Quantity.Unknown ? one : other;
        }
        if (part < 0.95) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        Quantity ratio = Quantity.ratio(one, other);
        return part < 1 && ratio instanceof Quantity.Measured sure ? Quantity.estimated(sure.value()) : ratio;
    }

    /**
     * Up to when readings are in when a window closes: it waits for the registers behind its end, one and a half of the longest report interval, from 1 s to
     * 15 s, or until the input ends.
     */
    private long knownWhenClosed(long end) {
        long slowest = Stream.concat(
                        hall.racks().stream().map(rack -> rack.reportInterval().toMillis()),
                        hall.coolingUnits().stream()
                                .map(unit -> unit.reportInterval().toMillis()))
                .mapToLong(interval -> interval)
                .max()
                .orElse(0);
        long waited = end + Math.clamp(slowest * 3 / 2, 1_000, LONGEST_BOUNDARY_WAIT);
        Long last = seconds.ceiling(waited - 1_000);
        return last == null ? Long.MAX_VALUE : last + 1_000;
    }

    private MetersOracle metersKnownBefore(long until) {
        return meters.computeIfAbsent(until, at -> new MetersOracle(hall, before(racks, at), before(units, at), at));
    }

    private static <R extends Reading> Map<String, List<R>> before(Map<String, List<R>> readings, long until) {
        Map<String, List<R>> before = new HashMap<>();
        readings.forEach((device, all) -> before.put(
                device, all.stream().filter(r -> r.at().toEpochMilli() < until).toList()));
        return before;
    }

    /** The racks' energy of one hour, when all is in. */
    MetersOracle.Sum itHour(Instant start) {
        return hour(metersKnownBefore(Long.MAX_VALUE).it, start);
    }

    MetersOracle.Sum coolingHour(Instant start) {
        return hour(metersKnownBefore(Long.MAX_VALUE).cooling, start);
    }

    /** All that the hall's energy meters counted, mWh. */
    long counted() {
        MetersOracle all = metersKnownBefore(Long.MAX_VALUE);
        return Stream.concat(all.it.stream(), all.cooling.stream())
                .mapToLong(MeterOracle::total)
                .sum();
    }

    private static MetersOracle.Sum hour(List<MeterOracle> of, Instant start) {
        return MetersOracle.of(of, start.toEpochMilli(), start.toEpochMilli() + Resolution.HOUR.millis());
    }
}
