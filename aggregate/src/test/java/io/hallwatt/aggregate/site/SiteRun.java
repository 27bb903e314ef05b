package io.hallwatt.aggregate.site;

import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.site.Site;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A site's windows fed with what arrives, and all that came out of them. */
final class SiteRun implements SiteOutput {
    final TreeMap<Window, SiteMetrics> windows = new TreeMap<>();
    /** The last revision of each hour, without the places of its readings. */
    final Map<HourKey, EnergyHour> hours = new HashMap<>();

    final EnumMap<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final Site site;
    private final SiteSettings settings;
    private final Map<String, byte[]> changelog = new HashMap<>();
    private SiteWindows running;
    private long offset;

    /** What an hour is of. */
    record HourKey(EnergySubject subject, Instant start) {}

    SiteRun(Site site, long ledgerGraceMillis) {
        this.site = site;
        this.settings = new SiteSettings(2_000, 2_000, ledgerGraceMillis, false, "supply");
        this.running = new SiteWindows(site, settings, this);
        running.apply(site);
    }

    void take(SiteInputs.Event event) {
        switch (event) {
            case SiteInputs.Event.OfHall hall -> running.hall(hall.report(), Long.MIN_VALUE);
            case SiteInputs.Event.OfSource source ->
                outcomes.merge(running.supply(source.reading(), 0, offset++), 1, Integer::sum);
            case SiteInputs.Event.SupplyEnd end -> running.supplyEnded();
        }
    }

    /** Goes on from what was written, as after a crash. */
    void restart() {
        SiteState.drainDirty(running, (key, bytes) -> {
            if (bytes == null) {
                changelog.remove(key);
            } else {
                changelog.put(key, bytes);
            }
        });
        running = new SiteWindows(site, settings, this);
        SiteState.restore(running, site, changelog);
    }

    long registersMilliwattHours() {
        return running.registersMilliwattHours();
    }

    long openMilliwattHours() {
        return running.openMilliwattHours();
    }

    @Override
    public void site(SiteMetrics metrics, long newestReading) {
        SiteMetrics before = windows.put(metrics.window(), metrics);
        if (before != null) {
            throw new AssertionError(metrics.window() + " was closed twice");
        }
    }

    @Override
    public void hour(EnergyHour hour) {
        EnergyHour before = hours.put(new HourKey(hour.subject(), hour.start()), hour);
        if (hour.revision() != (before == null ? 0 : before.revision() + 1)) {
            throw new AssertionError(
                    "%s at %s: revision %d after %s".formatted(hour.subject(), hour.start(), hour.revision(), before));
        }
    }
}
