package io.hallwatt.aggregate.site;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;
import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;

import io.hallwatt.aggregate.energy.EnergyBook;
import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.aggregate.window.DeviceClock;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplySource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One site: its halls' closed windows and its supply readings to the site's windows. A window closes when every expected hall has delivered it and the
 * sources have spoken past its end. Confined to one thread.
 */
public final class SiteWindows {
    /** How far halls may be ahead of the sources in a past that is read at any speed. */
    private static final long LEAST_PATIENCE_MILLIS = 60_000;

    private static final int INTERVALS_OF_PATIENCE = 24;

    /** How long readings are known again, before the end of the newest closed hours: longer than one counts for an hour that can be restated. */
    private static final long MEMORY_MILLIS = (EnergyBook.RESTATABLE_HOURS + 2) * Resolution.HOUR.millis();

    static final List<Resolution> RESOLUTIONS = List.of(Resolution.SECOND, Resolution.MINUTE, Resolution.QUARTER);
    /** Longest wait of a minute for the register readings behind its end. */
    private static final long BOUNDARY_WAIT_MILLIS = 15_000;

    /** Whose windows a hall has delivered. */
    static final class Progress {
        /** End of the newest window delivered, by resolution. */
        final long[] until = {NEVER, NEVER, NEVER};

        boolean ended;
    }

    final SiteSettings settings;
    final DeviceClock clock;
    final Map<String, Integer> devices = new LinkedHashMap<>();
    final Map<String, SiteSupply> supplies = new LinkedHashMap<>();
    final SupplySamples samples = new SupplySamples();
    /** Which readings there were, whether late or not: each counts once for the hours. */
    final SampleMinutes seen = new SampleMinutes(0);

    final TreeMap<HallId, Progress> halls = new TreeMap<>();
    final List<TreeMap<Long, SiteWindow>> open = List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    final long[] closedUntil = {NEVER, NEVER, NEVER};
    final WaitingHours hours = new WaitingHours();
    boolean supplyEnded;
    boolean dirty;
    boolean modelDirty = true;

    private Site site;
    private boolean left;
    private long longestHold;
    private final SiteOutput out;

    public SiteWindows(Site site, SiteSettings settings, SiteOutput out) {
        this.site = site;
        this.settings = settings;
        this.out = out;
        this.clock = new DeviceClock(settings.graceMillis(), settings.idleMillis());
    }

    /** Takes the site model, at the start and whenever it changes. */
    public void apply(Site model) {
        left = false;
        restore(model, Map.of());
        modelDirty = true;
    }

    /**
     * There is no model of the site any more: its sources are unknown from now on, and what is open closes at its time, as the last model has it. Until the
     * site comes back by {@link #apply} (ADR 8).
     */
    public void leave() {
        left = true;
        devices.values().forEach(clock::retire);
        dirty = true;
    }

    /** Whether there is no model of the site any more. */
    public boolean left() {
        return left;
    }

    /** The model, and beside its sources those that left and whose energy is kept. */
    Site modelWithLeft() {
        return new Site(
                site.id(),
                site.name(),
                site.zone(),
                site.latitude(),
                site.longitude(),
                site.halls(),
                supplies.values().stream().map(SiteSupply::source).toList());
    }

    /** @param energy parts of the accounts, by {@code source|delivered|part} and {@code source|drawn|part} */
    void restore(Site model, Map<String, byte[]> energy) {
        site = model;
        devices.values().forEach(clock::retire);
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
                SiteSupply supply = new SiteSupply(model.id(), source, settings.supplyTopic());
                supply.restore(under(id + "|delivered|", energy), under(id + "|drawn|", energy));
                supplies.put(id, supply);
            } else if (!known.source().equals(source)) {
                known.apply(source);
            }
        }
        samples.grow(devices.size());
        seen.grow(devices.size());
        halls.keySet().retainAll(model.halls().stream().map(Hall::id).toList());
        model.halls().forEach(hall -> halls.computeIfAbsent(hall.id(), id -> new Progress()));
        dirty = true;
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

    public Site model() {
        return site;
    }

    /**
     * A hall closed a window, or an hour, or its input ended. Of a hall that the site model no longer has, hours are still published, and windows still counted.
     *
     * @param newestReading event time of the newest reading in the hall's window, epoch ms; {@link Long#MIN_VALUE} where it is not known
     * @return false where the site's window was closed already: the hall's part of it is in the hall's metrics alone
     */
    public boolean hall(HallReport report, long newestReading) {
        boolean inTime = true;
        switch (report) {
            case HallReport.Closed closed -> inTime = closed(closed.metrics(), newestReading);
            case HallReport.Hour hour -> hour(hour.hour());
            case HallReport.Ended ended -> {
                Progress progress = halls.get(ended.hall());
                if (progress != null) {
                    progress.ended = true;
                    dirty = true;
                }
            }
        }
        advance();
        return inTime;
    }

    private boolean closed(HallMetrics metrics, long newestReading) {
        int level = RESOLUTIONS.indexOf(metrics.window().resolution());
        Progress progress = halls.get(metrics.hall());
        if (level < 0) {
            return true;
        }
        long start = metrics.window().start().toEpochMilli();
        if (progress != null) {
            progress.until[level] =
                    Math.max(progress.until[level], metrics.window().end().toEpochMilli());
            progress.ended = false;
        }
        dirty = true;
        if (start < closedUntil[level]) {
            return false;
        }
        SiteWindow window = window(level, start);
        window.add(metrics);
        window.newest = Math.max(window.newest, newestReading);
        return true;
    }

    private void hour(EnergyHour hour) {
        hours.add(hour);
        if (settings.live()) {
            publishHours(Long.MAX_VALUE);
        }
    }

    /** A source's reading, from the given place in its topic. */
    public Outcome supply(SupplyReading reading, int partition, long offset) {
        SiteSupply supply = supplies.get(reading.source().text());
        Integer device = devices.get(reading.source().text());
        if (left || supply == null || device == null || !clock.expected(device)) {
            return Outcome.UNKNOWN_DEVICE;
        }
        long at = reading.at().toEpochMilli();
        supplyEnded = false;
        if (!seen.add(device, at, reading.sequence())) {
            return Outcome.DUPLICATE;
        }
        if (at < closedUntil[0]) {
            if (clock.seen(device, at, reading.sequence())) {
                return Outcome.DUPLICATE;
            }
            clock.observe(device, at, reading.sequence());
            dirty = true;
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
        dirty = true;
        for (int level = 0; level < RESOLUTIONS.size(); level++) {
            long start = RESOLUTIONS.get(level).startMillis(at);
            if (start >= closedUntil[level]) {
                SiteWindow window = window(level, start);
                window.newest = level == 0 ? Math.max(window.newest, at) : window.newest;
            }
        }
        clock.observe(device, at, reading.sequence());
        advance();
        return Outcome.COUNTED;
    }

    /** No more supply readings will come; whoever speaks after all starts anew. */
    public void supplyEnded() {
        supplyEnded = true;
        dirty = true;
        advance();
    }

    private SiteWindow window(int level, long start) {
        SiteWindow window = open.get(level).get(start);
        if (window == null) {
            window = new SiteWindow();
            open.get(level).put(start, window);
        }
        return window;
    }

    private void advance() {
        for (int level = 0; level < RESOLUTIONS.size(); level++) {
            TreeMap<Long, SiteWindow> windows = open.get(level);
            while (!windows.isEmpty()
                    && due(level, windows.firstKey() + RESOLUTIONS.get(level).millis())) {
                close(level);
            }
        }
        closeHours(NEVER);
        if (ended() && open.stream().allMatch(Map::isEmpty)) {
            supplies.values().forEach(supply -> supply.endHours(this::hour));
            publishHours(Long.MAX_VALUE);
            startAnew();
        }
    }

    private void startAnew() {
        clock.reset();
        halls.values().forEach(progress -> {
            progress.until[0] = NEVER;
            progress.until[1] = NEVER;
            progress.until[2] = NEVER;
        });
        dirty = true;
    }

    private boolean ended() {
        return noSupply() && halls.values().stream().allMatch(p -> p.ended);
    }

    /** Whether nothing more is to be awaited of sources. */
    private boolean noSupply() {
        return supplyEnded || site.sources().isEmpty();
    }

    private boolean due(int level, long end) {
        for (Progress progress : halls.values()) {
            if (!progress.ended && progress.until[level] < end) {
                return false;
            }
        }
        if (noSupply()) {
            return true;
        }
        return (clock.due(end) && (level == 0 || settled(end))) || (!settings.live() && supplySilent(end));
    }

    /** Event time only: the halls are so far past the end that the sources have stopped speaking. */
    private boolean supplySilent(long end) {
        long patience = LEAST_PATIENCE_MILLIS;
        for (SupplySource source : site.sources()) {
            patience = Math.max(
                    patience, INTERVALS_OF_PATIENCE * source.reportInterval().toMillis());
        }
        long halls = delivered();
        return halls != Long.MAX_VALUE && halls >= end + patience;
    }

    private boolean settled(long end) {
        return clock.newest() >= end + BOUNDARY_WAIT_MILLIS
                || site.sources().stream()
                        .map(source -> supplies.get(source.id().text()))
                        .allMatch(supply -> supply == null || supply.settled(end, end - BOUNDARY_WAIT_MILLIS));
    }

    /** Live time only: the wall clock closes what ends at or before {@code limit}, whoever is missing. */
    public void closeThrough(long limit) {
        for (int level = 0; level < RESOLUTIONS.size(); level++) {
            TreeMap<Long, SiteWindow> windows = open.get(level);
            long wait = level == 0 ? 0 : BOUNDARY_WAIT_MILLIS;
            while (!windows.isEmpty()
                    && windows.firstKey() + RESOLUTIONS.get(level).millis() + wait <= limit) {
                close(level);
            }
        }
        closeHours(left ? limit : NEVER);
    }

    private void close(int level) {
        Resolution resolution = RESOLUTIONS.get(level);
        Map.Entry<Long, SiteWindow> first = open.get(level).pollFirstEntry();
        long start = first.getKey();
        long end = start + resolution.millis();
        List<SiteQuantities.Supply> given = new ArrayList<>();
        for (SupplySource source : site.sources()) {
            String id = source.id().text();
            int device = devices.getOrDefault(id, 0);
            SiteSupply supply = supplies.get(id);
            given.add(new SiteQuantities.Supply(
                    source,
                    samples.integrate(device, SupplySamples.POWER, start, end, hold(source))
                            .mean(end - start),
                    samples.integrate(device, SupplySamples.CARBON, start, end, hold(source))
                            .mean(0),
                    level == 0 || supply == null ? null : supply.net(start, end)));
        }
        SiteQuantities quantities = new SiteQuantities(site, first.getValue(), given, resolution);
        out.site(
                new SiteMetrics(
                        site.id(),
                        new Window(Instant.ofEpochMilli(start), resolution),
                        0,
                        quantities.completeness(),
                        quantities.all()),
                first.getValue().newest);
        closedUntil[level] = end;
        clock.closed(closedUntil[0]);
        if (level == 2 && closedUntil[0] != NEVER) {
            samples.forget(Math.min(end, closedUntil[0]), longestHold);
        }
        dirty = true;
    }

    /** @param passed time that has passed though nobody said so */
    private void closeHours(long passed) {
        long opened = Long.MAX_VALUE;
        for (TreeMap<Long, SiteWindow> windows : open.subList(1, 3)) {
            opened = windows.isEmpty() ? opened : Math.min(opened, windows.firstKey());
        }
        long progress = Math.max(passed, Math.max(clock.newest(), closedUntil[1]));
        if (progress != NEVER) {
            long end = Math.min(progress - settings.ledgerGraceMillis(), opened);
            supplies.values().forEach(supply -> supply.closeHours(end, this::hour));
            seen.forget(Resolution.HOUR.startMillis(end) - MEMORY_MILLIS);
        }
        if (!hours.isEmpty()) {
            publishHours(allDelivered() - settings.ledgerGraceMillis() - 2 * Resolution.QUARTER.millis());
        }
    }

    /** Up to when all halls have delivered seconds; {@link DeviceFrontiers#NEVER} where one has delivered none yet. */
    public long delivered() {
        long least = Long.MAX_VALUE;
        for (Progress progress : halls.values()) {
            least = Math.min(least, progress.ended ? Long.MAX_VALUE : progress.until[0]);
        }
        return least;
    }

    /** Up to when all have delivered quarters: hours that end a ledger grace and two quarters before cannot have another record on its way. */
    private long allDelivered() {
        long least = noSupply() ? Long.MAX_VALUE : clock.newest();
        for (Progress progress : halls.values()) {
            least = Math.min(least, progress.ended ? Long.MAX_VALUE : progress.until[2]);
        }
        return least == NEVER ? NEVER / 2 : least;
    }

    private void publishHours(long endMillis) {
        hours.publish(endMillis, out::hour);
    }

    /** Energy that the sources' registers say has flowed since they are known, mWh. */
    public long registersMilliwattHours() {
        return supplies.values().stream()
                .mapToLong(s -> s.delivered.book().registersMilliwattHours()
                        + s.drawn.book().registersMilliwattHours())
                .sum();
    }

    /** Part of it, and of the halls' closed hours, that no published hour holds yet, mWh. */
    public long openMilliwattHours() {
        return hours.milliwattHours()
                + supplies.values().stream()
                        .mapToLong(s -> s.delivered.book().openMilliwattHours()
                                + s.drawn.book().openMilliwattHours())
                        .sum();
    }
}
