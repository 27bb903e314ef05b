package io.hallwatt.aggregate.site;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.aggregate.window.BoundaryWait;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplySource;
import java.time.Instant;
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

    static final List<Resolution> RESOLUTIONS = List.of(Resolution.SECOND, Resolution.MINUTE, Resolution.QUARTER);
    /** Least wait of a minute for the register readings behind its end. */
    private static final long LEAST_BOUNDARY_WAIT_MILLIS = 15_000;

    final SiteSettings settings;
    final SiteSources sources;
    final HallDeliveries halls = new HallDeliveries();
    final List<TreeMap<Long, SiteWindow>> open = List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    final long[] closedUntil = {NEVER, NEVER, NEVER};
    final WaitingHours hours = new WaitingHours();
    boolean supplyEnded;
    boolean dirty;
    boolean modelDirty = true;

    private Site site;
    private boolean left;
    /** Of a minute for its sources. */
    private long boundaryWait = LEAST_BOUNDARY_WAIT_MILLIS;
    /** Of a minute for its halls' minutes, which wait for their own devices. */
    private long hallsWait = LEAST_BOUNDARY_WAIT_MILLIS;

    private final SiteOutput out;

    public SiteWindows(Site site, SiteSettings settings, SiteOutput out) {
        this.site = site;
        this.settings = settings;
        this.out = out;
        this.sources = new SiteSources(settings);
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
        sources.retire();
        dirty = true;
    }

    /** Whether there is no model of the site any more. */
    public boolean left() {
        return left;
    }

    /** The model, and beside its sources those that left and whose energy is kept. */
    Site modelWithLeft() {
        return new Site(
                site.id(), site.name(), site.zone(), site.latitude(), site.longitude(), site.halls(), sources.all());
    }

    /** @param energy parts of the accounts, by {@code source|delivered|part} and {@code source|drawn|part} */
    void restore(Site model, Map<String, byte[]> energy) {
        site = model;
        sources.expect(model, energy);
        halls.expect(model.halls());
        waits(model);
        dirty = true;
    }

    private void waits(Site model) {
        boundaryWait = LEAST_BOUNDARY_WAIT_MILLIS;
        for (SupplySource source : model.sources()) {
            boundaryWait = Math.max(boundaryWait, BoundaryWait.of(source.reportInterval()));
        }
        hallsWait = boundaryWait;
        for (Hall hall : model.halls()) {
            for (Rack rack : hall.racks()) {
                hallsWait = Math.max(hallsWait, BoundaryWait.of(rack.reportInterval()) + Resolution.SECOND.millis());
            }
            for (CoolingUnit unit : hall.coolingUnits()) {
                hallsWait = Math.max(hallsWait, BoundaryWait.of(unit.reportInterval()) + Resolution.SECOND.millis());
            }
        }
    }

    /** Live time only, before readings are handed in: what time it is, epoch ms. */
    public void wallClock(long now) {
        sources.clock.ceiling(now);
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
                halls.ended(ended.hall());
                dirty = true;
            }
        }
        advance();
        return inTime;
    }

    private boolean closed(HallMetrics metrics, long newestReading) {
        int level = RESOLUTIONS.indexOf(metrics.window().resolution());
        if (level < 0) {
            return true;
        }
        long start = metrics.window().start().toEpochMilli();
        halls.delivered(metrics.hall(), level, metrics.window().end().toEpochMilli());
        dirty = true;
        if (start < closedUntil[level]) {
            return false;
        }
        SiteWindow window = window(level, start);
        window.add(metrics, site.hall(metrics.hall()).orElse(null));
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
        Outcome outcome = left ? Outcome.UNKNOWN_DEVICE : sources.read(reading, closedUntil[0], partition, offset);
        if (outcome == Outcome.UNKNOWN_DEVICE) {
            return outcome;
        }
        supplyEnded = false;
        dirty = true;
        if (outcome == Outcome.COUNTED) {
            opened(reading.at().toEpochMilli());
            advance();
        }
        return outcome;
    }

    /** A source spoke: the windows that it spoke in are to be closed, whether halls deliver them or not. */
    private void opened(long at) {
        for (int level = 0; level < RESOLUTIONS.size(); level++) {
            long start = RESOLUTIONS.get(level).startMillis(at);
            if (start >= closedUntil[level]) {
                SiteWindow window = window(level, start);
                window.newest = level == 0 ? Math.max(window.newest, at) : window.newest;
            }
        }
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
            sources.endHours(this::hour);
            publishHours(Long.MAX_VALUE);
            startAnew();
        }
    }

    private void startAnew() {
        sources.clock.reset();
        halls.startAnew();
        dirty = true;
    }

    private boolean ended() {
        return noSupply() && halls.allEnded();
    }

    /** Whether nothing more is to be awaited of sources. */
    private boolean noSupply() {
        return supplyEnded || site.sources().isEmpty();
    }

    private boolean due(int level, long end) {
        if (!halls.complete(level, end)) {
            return false;
        }
        if (noSupply()) {
            return true;
        }
        return (sources.clock.due(end) && (level == 0 || settled(end))) || (!settings.live() && supplySilent(end));
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
        return sources.clock.newest() >= end + boundaryWait || sources.settled(site, end, end - boundaryWait);
    }

    /** Live time only: the wall clock closes what ends at or before {@code limit}, whoever is missing. */
    public void closeThrough(long limit) {
        for (int level = 0; level < RESOLUTIONS.size(); level++) {
            TreeMap<Long, SiteWindow> windows = open.get(level);
            long wait = level == 0 ? 0 : hallsWait;
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
        List<SiteQuantities.Supply> given = sources.given(site, start, end, level > 0);
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
        sources.clock.closed(closedUntil[0]);
        if (level == 2 && closedUntil[0] != NEVER) {
            sources.forget(Math.min(end, closedUntil[0]));
        }
        dirty = true;
    }

    /** @param passed time that has passed though nobody said so */
    private void closeHours(long passed) {
        long opened = Long.MAX_VALUE;
        for (TreeMap<Long, SiteWindow> windows : open.subList(1, 3)) {
            opened = windows.isEmpty() ? opened : Math.min(opened, windows.firstKey());
        }
        long progress = Math.max(passed, Math.max(sources.clock.newest(), closedUntil[1]));
        if (progress != NEVER) {
            long end = Math.min(progress - settings.ledgerGraceMillis(), opened);
            sources.closeHours(end, this::hour);
        }
        if (!hours.isEmpty()) {
            publishHours(allDelivered() - settings.ledgerGraceMillis() - 2 * Resolution.QUARTER.millis());
        }
    }

    /** Up to when all halls have delivered seconds; {@link DeviceFrontiers#NEVER} where one has delivered none yet. */
    public long delivered() {
        return halls.until(0);
    }

    /** Up to when all have delivered quarters: hours that end a ledger grace and two quarters before cannot have another record on its way. */
    private long allDelivered() {
        long least = Math.min(noSupply() ? Long.MAX_VALUE : sources.clock.newest(), halls.until(2));
        return least == NEVER ? NEVER / 2 : least;
    }

    private void publishHours(long endMillis) {
        hours.publish(endMillis, out::hour);
    }

    /** Energy that the sources' registers say has flowed since they are known, mWh. */
    public long registersMilliwattHours() {
        return sources.registersMilliwattHours();
    }

    /** Part of it, and of the halls' closed hours, that no published hour holds yet, mWh. */
    public long openMilliwattHours() {
        return hours.milliwattHours() + sources.openMilliwattHours();
    }
}
