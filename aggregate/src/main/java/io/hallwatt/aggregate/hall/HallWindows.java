package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import java.util.Map;

/**
 * One hall: readings in any order within the grace to closed windows in order. Seconds close by the hall's clock; minutes add up closed seconds, quarters
 * closed minutes, exactly. Confined to one thread.
 */
public final class HallWindows {
    final HallDevices devices;
    final HallEnergy energy;
    final HallTime time;
    final Unwritten unwritten = new Unwritten();

    private final SiteId site;
    private final OpenSeconds seconds;
    private final HallOutput out;
    private long racksRead = Long.MAX_VALUE;

    public HallWindows(SiteId site, Hall hall, HallSettings settings, HallOutput out) {
        this.site = site;
        this.out = out;
        this.devices = new HallDevices(hall, settings);
        this.energy = new HallEnergy(site, hall.id(), hall, settings);
        this.time = new HallTime(site, settings, devices, energy, unwritten, out);
        this.seconds = time.seconds;
    }

    /** Takes the site model's hall, at the start and whenever it changes: new racks and units get rows, those that left are not expected any more. */
    public void apply(Hall model) {
        devices.apply(model);
        placed();
        energy.apply(model, devices.racks, devices.units, seconds.closedUntil());
        unwritten.dirty = true;
        unwritten.model = true;
    }

    /** As {@link #apply}, for a hall whose state was restored: the model that it was written under. */
    void restore(
            Hall model, Map<String, byte[]> itParts, Map<String, byte[]> coolingParts, Map<String, byte[]> waterParts) {
        devices.restore(model);
        placed();
        energy.restore(model, devices.racks, devices.units, itParts, coolingParts, waterParts);
        unwritten.model = false;
    }

    private void placed() {
        unwritten.startOver();
        time.grow();
    }

    /**
     * The site model no longer has the hall: its devices are unknown from now on. What is open closes at its time, as the last model has it; windows that begin
     * later are not published any more. Until the hall comes back by {@link #apply} (ADR 8).
     */
    public void leave() {
        devices.leave();
        energy.leave();
        unwritten.dirty = true;
    }

    /** Whether the site model has lost the hall. */
    public boolean left() {
        return devices.left();
    }

    public SiteId site() {
        return site;
    }

    public Hall model() {
        return devices.model();
    }

    /** End of the newest closed second, epoch ms; {@link io.hallwatt.aggregate.window.DeviceFrontiers#NEVER} where none is closed. */
    public long closedUntil() {
        return seconds.closedUntil();
    }

    /**
     * Live time only: racks' reports and cooling readings come through topics of their own, and the few of cooling overtake thousands of racks' where the machine
     * is busy. That a unit has spoken says nothing of racks whose reports are still to be read.
     *
     * @param at up to when racks' reports have been read, those of all halls that share the topic's partition, epoch ms
     */
    public void racksRead(long at) {
        racksRead = at;
    }

    /** Live time only, before readings are handed in: what time it is, epoch ms. */
    public void wallClock(long now) {
        devices.clock.ceiling(now);
    }

    /** A rack's report, from the given place in its topic. */
    public Outcome rack(RackReport report, int partition, long offset) {
        int row = devices.rack(report.rack());
        if (row < 0) {
            return Outcome.UNKNOWN_DEVICE;
        }
        long at = report.at();
        if (at < seconds.closedUntil()) {
            if (devices.reportingRacks.seen(row, at, report.sequence())) {
                return Outcome.DUPLICATE;
            }
            devices.reportingRacks.observe(row, at, report.sequence());
            unwritten.dirty = true;
            energy.rack(row, report, true, partition, offset);
            return Outcome.LATE;
        }
        long start = Resolution.SECOND.startMillis(at);
        HallSecond second = seconds.at(start);
        if (!second.racks.add(devices.racks, row, start, report)) {
            return Outcome.DUPLICATE;
        }
        second.heard(at);
        unwritten.dirty = true;
        energy.rack(row, report, false, partition, offset);
        devices.reportingRacks.observe(row, at, report.sequence());
        closeDue();
        return Outcome.COUNTED;
    }

    /** A cooling unit's reading, from the given place in its topic. */
    public Outcome cooling(CoolingReading reading, int partition, long offset) {
        int row = devices.unit(reading.unit().text());
        CoolingUnit unit = row < 0 ? null : devices.units.unit(row);
        if (unit == null) {
            return Outcome.UNKNOWN_DEVICE;
        }
        long at = reading.at().toEpochMilli();
        if (at < seconds.closedUntil()) {
            if (devices.reportingUnits.seen(row, at, reading.sequence())) {
                return Outcome.DUPLICATE;
            }
            devices.reportingUnits.observe(row, at, reading.sequence());
            unwritten.dirty = true;
            energy.cooling(row, reading, true, partition, offset);
            return Outcome.LATE;
        }
        long start = Resolution.SECOND.startMillis(at);
        HallSecond second = seconds.at(start);
        if (!second.add(row, start, reading, unit)) {
            return Outcome.DUPLICATE;
        }
        second.heard(at);
        unwritten.dirty = true;
        energy.cooling(row, reading, false, partition, offset);
        devices.reportingUnits.observe(row, at, reading.sequence());
        closeDue();
        return Outcome.COUNTED;
    }

    /** Closes what the devices' clock says is complete, or has waited long enough. */
    private void closeDue() {
        while (true) {
            long start = seconds.next();
            if (start == NEVER || !devices.clock.due(start + HallSecond.MILLIS, racksRead)) {
                return;
            }
            time.closeSecond(start);
            time.closeSpans();
        }
    }

    /**
     * Live time only: a hall of which nothing was ever heard begins to be awaited at {@code limit}.
     *
     * @param limit epoch ms
     * @param since when listening to it began, epoch ms
     */
    public void await(long limit, long since) {
        if (!seconds.begun()) {
            devices.begin(since);
            seconds.closed(Resolution.SECOND.startMillis(limit));
            unwritten.dirty = true;
        }
    }

    /**
     * Live time only: nobody listened until {@code to}, and nothing was said meanwhile that could be read now. What was begun is closed; the hole is passed over, since
     * nothing is known of it, and whoever was heard before it may take as long as a report of it holds to speak again.
     *
     * @param to epoch ms
     */
    public void away(long to) {
        long until = Resolution.SECOND.startMillis(to);
        if (left() || !seconds.begun()) {
            return;
        }
        while (!seconds.isEmpty() && seconds.first() < until) {
            time.closeSecond(seconds.first());
        }
        if (until > seconds.closedUntil()) {
            time.passUnheard(until);
            time.closeSpans();
            unwritten.startOver(); // a restart would not come upon it by itself
        }
    }

    /** Live time only: the wall clock closes all seconds that end at or before {@code limit}, empty ones too, and what is due after them. */
    public void closeThrough(long limit) {
        if (left()) {
            closeLeft(limit);
            return;
        }
        if (seconds.begun()) {
            if (seconds.closedUntil() != NEVER && seconds.isFar(limit) && seconds.isEmpty()) {
                time.pass(Resolution.SECOND.startMillis(limit) - HallSecond.MILLIS);
            }
            for (long start = nextByWallClock(); start + HallSecond.MILLIS <= limit; start = nextByWallClock()) {
                time.closeSecond(start);
            }
            time.closeSpans();
        }
        energy.restate(out);
    }

    private long nextByWallClock() {
        long next = seconds.next();
        return next == NEVER ? seconds.closedUntil() : next;
    }

    /** A hall that left: closes what was begun, and nothing after it. */
    private void closeLeft(long limit) {
        if (seconds.isEmpty() && time.spans.isEmpty() && energy.closed()) {
            energy.restate(out);
            return;
        }
        while (!seconds.isEmpty() && seconds.first() + HallSecond.MILLIS <= limit) {
            time.closeSecond(seconds.first());
        }
        if (time.held.reset()) {
            unwritten.startOver(); // a restart would not come upon it by itself
        }
        long until = Resolution.SECOND.startMillis(limit);
        if (seconds.closedUntil() != NEVER && until > seconds.closedUntil()) {
            time.pass(until);
        }
        time.closeSpans();
    }

    /** The input ended: closes everything. What comes later starts anew, behind what is closed. */
    public void end() {
        unwritten.startOver();
        while (!seconds.isEmpty()) {
            time.closeSecond(seconds.first());
            time.closeSpans();
        }
        time.end();
        time.held.reset();
        devices.reset();
        unwritten.dirty = true;
    }

    /** Energy that the registers say has flowed in the hall since they are known, mWh. */
    public long registersMilliwattHours() {
        return energy.registersMilliwattHours();
    }

    /** Part of it that no closed hour holds yet, mWh. */
    public long openMilliwattHours() {
        return energy.openMilliwattHours();
    }
}
