package io.hallwatt.app.summary;

import io.hallwatt.app.summary.EnergyJournal.Entry;
import io.hallwatt.app.summary.EnergyJournal.HourKey;
import io.hallwatt.app.summary.Summary.LoadOf;
import io.hallwatt.app.summary.Summary.Month;
import io.hallwatt.app.summary.Summary.Renewable;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.EnergySubject.HallCooling;
import io.hallwatt.contract.EnergySubject.HallIt;
import io.hallwatt.contract.EnergySubject.SourceDelivered;
import io.hallwatt.contract.EnergySubject.SourceDrawn;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a site's renewable supply against its load, hour by hour: an hour's matched energy is the lesser of the two. Pure.
 *
 * <p>Where the grid connection's energy is metered, load is what the site's own meters say came in: delivered less drawn of all physical sources. Else it is
 * the IT and cooling energy of all halls. It is one of the two for all hours, never the one here and the other there. Supply is what all renewable sources
 * delivered.
 *
 * <p>An hour counts if every meter of its load and of its supply is known for the whole of it; an hour with all of the load and not all of the supply is counted
 * as without supply, and enters no sum. Carbon is that of the load which is not matched, by the grid's intensity of the same hour.
 */
final class RenewableMatch {
    private static final int SHARE_DECIMALS = 12;
    private static final int GRAM_DECIMALS = 3;
    private static final BigDecimal MILLIWATT_HOURS_IN_KILOWATT_HOUR = BigDecimal.valueOf(1_000_000);

    private final Site site;
    private final EnergyJournal journal;
    private final LoadOf loadOf;
    private final List<EnergySubject> loads;
    /** What of the loads left the site again. */
    private final List<EnergySubject> drawn;

    private final List<EnergySubject> supplies;

    private RenewableMatch(Site site, EnergyJournal journal) {
        this.site = site;
        this.journal = journal;
        this.loadOf = gridMetered() ? LoadOf.FACILITY : LoadOf.HALLS;
        this.loads = loadOf == LoadOf.FACILITY ? delivered() : halls();
        this.drawn = loadOf == LoadOf.FACILITY ? drawn() : List.of();
        this.supplies = site.sources().stream()
                .filter(SupplySource::renewable)
                .<EnergySubject>map(source -> new SourceDelivered(source.id()))
                .toList();
    }

    /** The figures of all hours in the journal. */
    static Renewable of(Site site, EnergyJournal journal) {
        return new RenewableMatch(site, journal).match();
    }

    private Renewable match() {
        Tally all = new Tally();
        SortedMap<YearMonth, Tally> months = new TreeMap<>();
        TreeSet<Instant> starts = new TreeSet<>();
        journal.entries().forEach(entry -> starts.add(entry.key().start()));
        for (Instant start : starts) {
            Long load = load(start);
            if (load == null) {
                continue;
            }
            Long supply = known(supplies, start);
            Tally month = months.computeIfAbsent(YearMonth.from(start.atOffset(ZoneOffset.UTC)), unused -> new Tally());
            for (Tally tally : List.of(all, month)) {
                if (supply == null) {
                    tally.withoutSupply++;
                } else {
                    tally.add(start, load, supply, gridCarbon(start));
                }
            }
        }
        List<Month> byMonth = new ArrayList<>();
        months.forEach((month, tally) -> byMonth.add(new Month(
                month.toString(), tally.hours, tally.withoutSupply, tally.load, tally.supply, tally.matched)));
        return all.result(loadOf, byMonth);
    }

    /** Null where some meter of it is not known for the whole hour, or more left the site than came in. */
    private @Nullable Long load(Instant start) {
        Long in = known(loads, start);
        Long out = known(drawn, start);
        return in == null || out == null || out > in ? null : (Long) (in - out);
    }

    /** The sum of the subjects' energies in the hour; null if one of them is not known for the whole hour. */
    private @Nullable Long known(List<EnergySubject> subjects, Instant start) {
        long sum = 0;
        for (EnergySubject subject : subjects) {
            Entry entry = journal.find(new HourKey(site.id(), subject, start));
            if (entry == null || !entry.complete()) {
                return null;
            }
            sum = Math.addExact(sum, entry.totalMilliwattHours());
        }
        return sum;
    }

    /** As metered in the hour, else the site model's factor, else unknown. */
    private Optional<BigDecimal> gridCarbon(Instant start) {
        for (SupplySource source : site.sources()) {
            if (source.kind() == SupplyKind.GRID) {
                Entry entry = journal.find(new HourKey(site.id(), new SourceDelivered(source.id()), start));
                Double metered = entry == null ? null : entry.carbonGramsPerKilowattHour();
                Double intensity = metered == null ? source.carbonGramsPerKilowattHour() : metered;
                if (intensity != null) {
                    return Optional.of(BigDecimal.valueOf(intensity));
                }
            }
        }
        return Optional.empty();
    }

    /** A grid connection may stand in the site model for its carbon intensity only: then no hour has energy of it. */
    private boolean gridMetered() {
        return physical()
                .anyMatch(source -> source.kind() == SupplyKind.GRID
                        && journal.entries().stream()
                                .filter(entry -> entry.complete() || entry.totalMilliwattHours() > 0)
                                .map(entry -> entry.key().subject())
                                .anyMatch(subject -> subject.equals(new SourceDelivered(source.id()))
                                        || subject.equals(new SourceDrawn(source.id()))));
    }

    private Stream<SupplySource> physical() {
        return site.sources().stream().filter(SupplySource::physical);
    }

    private List<EnergySubject> delivered() {
        return physical()
                .<EnergySubject>map(source -> new SourceDelivered(source.id()))
                .toList();
    }

    /** Of the sources that can draw: those of which some hour says what they drew. */
    private List<EnergySubject> drawn() {
        Set<EnergySubject> booked = new HashSet<>();
        journal.entries().forEach(entry -> booked.add(entry.key().subject()));
        return physical()
                .<EnergySubject>map(source -> new SourceDrawn(source.id()))
                .filter(booked::contains)
                .toList();
    }

    private List<EnergySubject> halls() {
        List<EnergySubject> halls = new ArrayList<>();
        for (Hall hall : site.halls()) {
            if (!hall.racks().isEmpty()) {
                halls.add(new HallIt(hall.id()));
            }
            if (!hall.coolingUnits().isEmpty()) {
                halls.add(new HallCooling(hall.id()));
            }
        }
        return halls;
    }

    /** Sums of a month or of all. */
    private static final class Tally {
        private int hours;
        private int withoutSupply;
        private int withSurplus;
        private int withDeficit;
        private long load;
        private long supply;
        private long matched;
        private BigDecimal residualGrams = BigDecimal.ZERO;
        private boolean carbonKnown = true;
        private @Nullable Instant first;
        private @Nullable Instant last;

        void add(Instant start, long hourLoad, long hourSupply, Optional<BigDecimal> intensity) {
            hours++;
            load = Math.addExact(load, hourLoad);
            supply = Math.addExact(supply, hourSupply);
            matched = Math.addExact(matched, Math.min(hourLoad, hourSupply));
            withSurplus += hourSupply > hourLoad ? 1 : 0;
            withDeficit += hourSupply < hourLoad ? 1 : 0;
            first = first == null ? start : first;
            last = start;
            long residual = Math.max(0, hourLoad - hourSupply);
            carbonKnown &= residual == 0 || intensity.isPresent();
            residualGrams = residualGrams.add(intensity
                    .orElse(BigDecimal.ZERO)
                    .multiply(BigDecimal.valueOf(residual))
                    .divide(MILLIWATT_HOURS_IN_KILOWATT_HOUR)); // exact: a power of ten
        }

        Renewable result(LoadOf loadOf, List<Month> months) {
            return new Renewable(
                    hours + withoutSupply == 0 ? null : loadOf,
                    load,
                    supply,
                    matched,
                    share(matched),
                    share(Math.min(supply, load)),
                    supply - matched,
                    load - matched,
                    carbonKnown && hours > 0 ? residualGrams.setScale(GRAM_DECIMALS, RoundingMode.HALF_EVEN) : null,
                    hours,
                    withoutSupply,
                    withSurplus,
                    withDeficit,
                    first == null ? null : first.toString(),
                    last == null ? null : last.toString(),
                    months);
        }

        private @Nullable BigDecimal share(long part) {
            return load == 0
                    ? null
                    : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(load), SHARE_DECIMALS, RoundingMode.HALF_EVEN);
        }
    }
}
