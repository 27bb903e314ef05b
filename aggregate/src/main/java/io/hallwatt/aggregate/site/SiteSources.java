package io.hallwatt.aggregate.site;

import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;

import io.hallwatt.aggregate.energy.EnergyBook;
import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.aggregate.window.DeviceClock;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A site's supply sources: their clock, their samples for windows that are open, and their energy. Those that left the site model keep their energy. */
final class SiteSources {
    /** How long readings are known again, before the end of the newest closed hours: longer than one counts for an hour that can be restated. */
    private static final long MEMORY_MILLIS = (EnergyBook.RESTATABLE_HOURS + 2) * Resolution.HOUR.millis();

    final DeviceClock clock;
    /** In the clock and the samples, by id. */
    final Map<String, Integer> devices = new LinkedHashMap<>();

    final Map<String, SiteSupply> supplies = new LinkedHashMap<>();
    final SupplySamples samples = new SupplySamples();
    /** Which readings there were, whether late or not: each counts once for the hours. */
    final SampleMinutes seen = new SampleMinutes(0);

    private final SiteSettings settings;
    private long longestHold;

    SiteSources(SiteSettings settings) {
        this.clock = new DeviceClock(settings.graceMillis(), settings.idleMillis());
        this.settings = settings;
    }

    /**
     * Takes the site model's sources.
     *
     * @param energy parts of the accounts, by {@code source|delivered|part} and {@code source|drawn|part}
     */
    void expect(Site model, Map<String, byte[]> energy) {
        retire();
        for (SupplySource source : model.sources()) {
            String id = source.id().text();
            Integer device = devices.get(id);
            if (device == null) {
                device = devices.size();
                devices.put(id, device);
            }
            clock.expect(device, source.reportInterval().toMillis());
            longestHold = Math.max(longestHold, hold(source));
            SiteSupply known = supplies.get(id);
            if (known == null) {
                SiteSupply supply = new SiteSupply(model.id(), source, settings);
                supply.restore(under(id + "|delivered|", energy), under(id + "|drawn|", energy));
                supplies.put(id, supply);
            } else if (!known.source().equals(source)) {
                known.apply(source);
            }
        }
        samples.grow(devices.size());
        seen.grow(devices.size());
    }

    private static Map<String, byte[]> under(String prefix, Map<String, byte[]> parts) {
        Map<String, byte[]> under = new HashMap<>();
        parts.forEach((key, bytes) -> {
            if (key.startsWith(prefix)) {
                under.put(key.substring(prefix.length()), bytes);
            }
        });
        return under;
    }

    private static long hold(SupplySource source) {
        return 3 * source.reportInterval().toMillis();
    }

    /** The site model has none of them any more. */
    void retire() {
        devices.values().forEach(clock::retire);
    }

    /** Also those that left. */
    List<SupplySource> all() {
        return supplies.values().stream().map(SiteSupply::source).toList();
    }

    /**
     * A reading, from the given place in its topic.
     *
     * @param closedUntil what is before is late
     */
    Outcome read(SupplyReading reading, long closedUntil, int partition, long offset) {
        SiteSupply supply = supplies.get(reading.source().text());
        Integer device = devices.get(reading.source().text());
        if (supply == null || device == null || !clock.expected(device)) {
            return Outcome.UNKNOWN_DEVICE;
        }
        long at = reading.at().toEpochMilli();
        if (!seen.add(device, at, reading.sequence())) {
            return Outcome.DUPLICATE;
        }
        if (at < closedUntil) {
            if (clock.seen(device, at, reading.sequence())) {
                return Outcome.DUPLICATE;
            }
            clock.observe(device, at, reading.sequence());
            supply.read(reading, partition, offset);
            return Outcome.LATE;
        }
        Double carbon = reading.carbonGramsPerKilowattHour();
        if (!samples.add(
                device,
                at,
                reading.sequence(),
                SiteSupply.milliwatts(reading),
                carbon == null ? ABSENT : Math.round(carbon * 1000))) {
            return Outcome.DUPLICATE;
        }
        supply.read(reading, partition, offset);
        clock.observe(device, at, reading.sequence());
        return Outcome.COUNTED;
    }

    /**
     * What each source of the site model gave in a window.
     *
     * @param energies whether the window is long enough to know energies of it
     */
    List<SiteQuantities.Supply> given(Site model, long start, long end, boolean energies) {
        List<SiteQuantities.Supply> given = new ArrayList<>();
        for (SupplySource source : model.sources()) {
            String id = source.id().text();
            int device = devices.getOrDefault(id, 0);
            SiteSupply supply = supplies.get(id);
            SupplySamples.Integral power = samples.integrate(device, SupplySamples.POWER, start, end, hold(source));
            SupplySamples.Integral carbon = samples.integrate(device, SupplySamples.CARBON, start, end, hold(source));
            given.add(new SiteQuantities.Supply(
                    source,
                    power.mean(end - start),
                    power.completeness(end - start),
                    carbon.mean(0),
                    carbon.completeness(end - start),
                    energies && supply != null ? supply.net(start, end) : null));
        }
        return given;
    }

    /** Forgets samples that no window from {@code from} on can need. */
    void forget(long from) {
        samples.forget(from, longestHold);
    }

    /** Whether the registers of all of the model's sources around {@code boundary} were read. */
    boolean settled(Site model, long boundary, long silentSince) {
        return model.sources().stream()
                .map(source -> supplies.get(source.id().text()))
                .allMatch(supply -> supply == null || supply.settled(boundary, silentSince));
    }

    void closeHours(long end, Consumer<EnergyHour> out) {
        supplies.values().forEach(supply -> supply.closeHours(end, out));
        seen.forget(Resolution.HOUR.startMillis(end) - MEMORY_MILLIS);
    }

    /** The input ended: closes all hours that are begun. */
    void endHours(Consumer<EnergyHour> out) {
        supplies.values().forEach(supply -> supply.endHours(out));
    }

    /** Energy that the registers say has flowed since they are known, mWh. */
    long registersMilliwattHours() {
        return supplies.values().stream()
                .mapToLong(s -> s.delivered.book().registersMilliwattHours()
                        + s.drawn.book().registersMilliwattHours())
                .sum();
    }

    /** Part of it that no closed hour holds yet, mWh. */
    long openMilliwattHours() {
        return supplies.values().stream()
                .mapToLong(s ->
                        s.delivered.book().openMilliwattHours() + s.drawn.book().openMilliwattHours())
                .sum();
    }
}
