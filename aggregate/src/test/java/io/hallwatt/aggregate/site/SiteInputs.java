package io.hallwatt.aggregate.site;

import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A site, what its halls closed and what its sources said, made up from a seed: halls that miss windows or know them in part, sources with registers, intervals,
 * power alone or a factor alone, some of which are silent for a while.
 *
 * @param halls    every window of every hall
 * @param readings in order of time, each once
 */
record SiteInputs(Site site, List<HallMetrics> halls, List<SupplyReading> readings) {
    private static final long START = Instant.parse("2026-01-15T12:40:00Z").toEpochMilli();
    private static final int TO_THE_FULL_HOUR = 20;
    private static final long LONGEST_DELAY = 15_000;
    /** Later than anything that a window's end needs: an interval of five minutes, a silence, a delay. */
    private static final long HALLS_BEHIND = 400_000;

    /** Readings that fail one after the other where silences are short: as many as a window's end waits for. */
    private static final int MOST_MISSED = 3;

    private static final List<Reason> REASONS = List.of(Reason.INCOMPLETE, Reason.NO_READINGS);

    /** What arrives. */
    sealed interface Event {
        record OfHall(HallReport report) implements Event {}

        record OfSource(SupplyReading reading) implements Event {}

        record SupplyEnd() implements Event {}
    }

    /** @param streamed whether silences are so short that a window need not be closed in the middle of one */
    static SiteInputs of(Random random, boolean streamed) {
        Site site = site(random);
        int minutes = random.nextInt(4) == 0 ? TO_THE_FULL_HOUR : 12 + random.nextInt(40);
        long end = START + minutes * 60_000L;
        List<HallMetrics> halls = new ArrayList<>();
        for (Hall hall : site.halls()) {
            for (Resolution resolution : List.of(Resolution.SECOND, Resolution.MINUTE, Resolution.QUARTER)) {
                boolean live = resolution == Resolution.SECOND;
                for (Window at = resolution.windowAt(Instant.ofEpochMilli(START));
                        at.start().toEpochMilli() < end;
                        at = at.next()) {
                    boolean often = !live || at.start().getEpochSecond() % 30 == 0; // all halls in the same seconds
                    if (random.nextInt(100) < (often ? 92 : 1)) {
                        halls.add(metrics(site, hall, at, random));
                    }
                }
            }
        }
        List<SupplyReading> readings = new ArrayList<>();
        for (SupplySource source : site.sources()) {
            readings.addAll(readings(site, source, end, streamed, random));
        }
        readings.sort(Comparator.comparing(SupplyReading::at)
                .thenComparing(reading -> reading.source().text()));
        return new SiteInputs(site, List.copyOf(halls), List.copyOf(readings));
    }

    private static Site site(Random random) {
        StringBuilder text = new StringBuilder("""
                id: s
                name: s
                zone: UTC
                latitude: 0
                longitude: 0
                halls:
                  - { id: h1, design-it-kw: 100, racks: [ { ids: r1..r44 } ], cooling: [ { ids: c1..c20, kind: crah, rated-cooling-kw: 9, rated-electrical-kw: 9 } ] }
                  - { id: h2, design-it-kw: 50, racks: [ { ids: r1..r2 } ], cooling: [ { id: c, kind: crah, rated-cooling-kw: 9, rated-electrical-kw: 9 } ] }
                  - { id: h3, design-it-kw: 50, racks: [ { ids: r1..r2 } ] }
                supply:
                """);
        text.append("  - { id: wind, kind: wind, delivery: contractual, rated-mw: 1, report-interval: 300s }\n");
        if (random.nextBoolean()) {
            text.append("  - { id: roof, kind: solar, delivery: physical, rated-mw: 1, report-interval: 5s%s }\n"
                    .formatted(random.nextBoolean() ? "" : ", carbon-grams-per-kwh: 41"));
        }
        if (random.nextBoolean()) {
            text.append("  - { id: battery, kind: battery, rated-mw: 1, report-interval: 10s }\n");
        }
        if (random.nextInt(3) > 0) {
            text.append("  - { id: grid, kind: grid, rated-mw: 1, report-interval: %ds%s }\n"
                    .formatted(1 + random.nextInt(30), random.nextBoolean() ? "" : ", carbon-grams-per-kwh: 551"));
        }
        return SiteYaml.read("made-up.yaml", text.toString());
    }

    /** Not known while racks are awaited, which is seldom. */
    private static Quantity reporting(int racks, Random random) {
        int known = random.nextInt(racks + 1);
        return known == 0 && random.nextBoolean() ? Quantity.unknown(Reason.NO_READINGS) : Quantity.measured(known);
    }

    private static HallMetrics metrics(Site site, Hall hall, Window window, Random random) {
        int racks = hall.racks().size();
        double completeness = random.nextInt(3) > 0 ? 1 : part(random);
        Quantities.Builder quantities = Quantities.builder()
                .put(Metric.HALL_RACKS_EXPECTED, (double) racks)
                .put(Metric.HALL_RACKS_REPORTING, reporting(racks, random))
                .put(Metric.HALL_IT_POWER, quantity(random, random.nextInt(30) == 0 ? 1 : 40_000_000, 1000.0))
                .put(
                        Metric.HALL_COOLING_POWER,
                        hall.coolingUnits().isEmpty()
                                ? Quantity.unknown(Reason.NOT_MEASURED)
                                : quantity(random, 9_000_000, 1000.0))
                .put(Metric.HALL_COOLING_COMPLETENESS, part(random))
                .put(
                        Metric.HALL_THERMAL_POWER,
                        hall.coolingUnits().isEmpty()
                                ? Quantity.unknown(Reason.NOT_MEASURED)
                                : quantity(random, 40_000_000, 1000.0));
        if (window.resolution() != Resolution.SECOND) {
            quantities.put(Metric.HALL_IT_ENERGY, quantity(random, 700_000, 1));
            quantities.put(Metric.HALL_IT_ENERGY_COMPLETENESS, part(random));
            quantities.put(Metric.HALL_WATER_COMPLETENESS, part(random));
            if (random.nextInt(20) > 0) { // an older writer does not tell it
                quantities.put(Metric.HALL_COOLING_ENERGY_COMPLETENESS, part(random));
            }
            quantities.put(
                    Metric.HALL_COOLING_ENERGY,
                    hall.coolingUnits().isEmpty()
                            ? Quantity.unknown(Reason.NOT_MEASURED)
                            : quantity(random, 150_000, 1));
            quantities.put(
                    Metric.HALL_WATER,
                    hall.coolingUnits().isEmpty()
                            ? Quantity.unknown(Reason.NOT_MEASURED)
                            : quantity(random, 90_000, 1));
        }
        return new HallMetrics(site.id(), hall.id(), window, 0, completeness, quantities.build());
    }

    /** How much of a quantity is known: often nearly all. */
    private static double part(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 1;
            case 1 -> random.nextInt(101) / 100.0;
            default -> 0.93 + random.nextInt(8) / 100.0;
        };
    }

    private static Quantity quantity(Random random, int most, double scale) {
        return switch (random.nextInt(12)) {
            case 0 -> Quantity.unknown(REASONS.get(random.nextInt(REASONS.size())));
            case 1 -> Quantity.estimated(random.nextInt(most) / scale);
            default -> Quantity.measured(random.nextInt(most) / scale);
        };
    }

    /** How a source is metered. */
    private enum Metered {
        REGISTER,
        BOTH_REGISTERS,
        POWER,
        INTERVAL,
        FACTOR
    }

    private static List<SupplyReading> readings(
            Site site, SupplySource source, long end, boolean streamed, Random random) {
        Metered metered = metered(source, random);
        long step = source.reportInterval().toMillis();
        long silentFrom = START + random.nextLong(end - START);
        long silence = random.nextInt(3) > 0 ? 0 : streamed ? random.nextInt(100_000) : random.nextInt(1_500_000);
        long lastWord = random.nextInt(6) == 0 ? silentFrom : end;
        boolean carbon = metered == Metered.FACTOR || (source.kind() == SupplyKind.GRID && random.nextBoolean());
        List<SupplyReading> readings = new ArrayList<>();
        long[] registers = {random.nextInt(1_000_000), random.nextInt(1_000_000)};
        long sequence = 0;
        int missed = 0;
        long before = START;
        boolean aligned = metered == Metered.INTERVAL && random.nextBoolean();
        for (long at = START + (aligned ? 0 : random.nextLong(step)); at < lastWord; at += step) {
            long when = random.nextInt(10) == 0 ? at / 1000 * 1000 : at;
            long milliwatts =
                    random.nextInt(source.kind() == SupplyKind.BATTERY || source.kind() == SupplyKind.GRID ? 3 : 1) == 2
                            ? -random.nextInt(200_000_000)
                            : random.nextInt(400_000_000);
            boolean in = milliwatts >= 0 || metered == Metered.REGISTER;
            registers[in ? 0 : 1] += Math.abs(milliwatts) / 1000 * (when - before) / 3_600;
            boolean silent = when >= silentFrom && when < silentFrom + silence;
            missed = random.nextInt(25) > 0 ? 0 : missed + 1;
            if (when > before && !silent && (missed == 0 || (streamed && missed > MOST_MISSED))) {
                readings.add(reading(
                        site, source, metered, when, before, sequence, milliwatts, registers, carbon ? random : null));
            }
            sequence++;
            before = Math.max(before, when);
        }
        return readings;
    }

    private static Metered metered(SupplySource source, Random random) {
        return switch (source.kind()) {
            case WIND -> Metered.INTERVAL;
            case BATTERY -> random.nextInt(4) == 0 ? Metered.POWER : Metered.BOTH_REGISTERS;
            case GRID ->
                switch (random.nextInt(6)) {
                    case 0 -> Metered.FACTOR;
                    case 1 -> Metered.POWER;
                    case 2 -> Metered.REGISTER;
                    default -> Metered.BOTH_REGISTERS;
                };
            case SOLAR, HYDRO -> random.nextInt(4) == 0 ? Metered.POWER : Metered.REGISTER;
        };
    }

    private static SupplyReading reading(
            Site site,
            SupplySource source,
            Metered metered,
            long at,
            long before,
            long sequence,
            long milliwatts,
            long[] registers,
            @Nullable Random carbon) {
        boolean registered = metered == Metered.REGISTER || metered == Metered.BOTH_REGISTERS;
        return new SupplyReading(
                site.id(),
                source.id(),
                Instant.ofEpochMilli(at),
                sequence,
                metered == Metered.FACTOR || (metered == Metered.INTERVAL && sequence % 2 == 0)
                        ? null
                        : (Double) (milliwatts / 1000.0),
                registered ? (Long) registers[0] : null,
                metered == Metered.BOTH_REGISTERS ? (Long) registers[1] : null,
                null,
                null,
                carbon == null || carbon.nextInt(3) == 0 ? null : (Double) (carbon.nextInt(700_000) / 1000.0),
                metered == Metered.INTERVAL
                        ? new IntervalEnergy(Instant.ofEpochMilli(before), Math.abs(milliwatts) / 1000)
                        : null);
    }

    /** Sources first, in any order at all, some readings more than once; then the halls, each in its own order. */
    List<Event> shuffled(Random random) {
        List<Event> events = new ArrayList<>();
        for (SupplyReading reading : readings) {
            events.add(new Event.OfSource(reading));
            if (random.nextInt(5) == 0) {
                events.add(new Event.OfSource(reading));
            }
        }
        Collections.shuffle(events, random);
        List<List<Event>> queues = new ArrayList<>();
        queues.add(List.of(new Event.SupplyEnd()));
        for (Hall hall : site.halls()) {
            queues.add(hallsOwn(hall));
        }
        int[] taken = new int[queues.size()];
        for (int left = queues.stream().mapToInt(List::size).sum(); left > 0; left--) {
            int from = random.nextInt(queues.size());
            while (taken[from] == queues.get(from).size()) {
                from = (from + 1) % queues.size();
            }
            events.add(queues.get(from).get(taken[from]++));
        }
        return events;
    }

    /** As time goes by: readings a little late and out of order, some more than once, halls far behind them. */
    List<Event> streamed(Random random) {
        Map<Long, List<Event>> arrivals = new TreeMap<>();
        long last = START;
        for (SupplyReading reading : readings) {
            for (int times = random.nextInt(5) == 0 ? 2 : 1; times > 0; times--) {
                put(
                        arrivals,
                        reading.at().toEpochMilli() + random.nextLong(LONGEST_DELAY),
                        new Event.OfSource(reading));
            }
            last = Math.max(last, reading.at().toEpochMilli());
        }
        for (Hall hall : site.halls()) {
            long at = START;
            for (Event event : hallsOwn(hall)) {
                long end = event instanceof Event.OfHall of && of.report() instanceof HallReport.Closed closed
                        ? closed.metrics().window().end().toEpochMilli()
                        : at;
                at = Math.max(at, end + HALLS_BEHIND + random.nextInt(10_000));
                put(arrivals, at, event);
                last = Math.max(last, at);
            }
        }
        put(arrivals, last + LONGEST_DELAY, new Event.SupplyEnd());
        return arrivals.values().stream().flatMap(List::stream).toList();
    }

    private static void put(Map<Long, List<Event>> arrivals, long at, Event event) {
        arrivals.computeIfAbsent(at, unused -> new ArrayList<>()).add(event);
    }

    /** A hall closes its windows in order of their ends, the shorter first. */
    private List<Event> hallsOwn(Hall hall) {
        List<Event> own = new ArrayList<>();
        halls.stream()
                .filter(metrics -> metrics.hall().equals(hall.id()))
                .sorted(Comparator.comparing(
                                (HallMetrics metrics) -> metrics.window().end())
                        .thenComparing(metrics -> metrics.window().resolution()))
                .forEach(metrics -> own.add(new Event.OfHall(HallReport.Closed.of(metrics))));
        own.add(new Event.OfHall(new HallReport.Ended(hall.id())));
        return own;
    }
}
