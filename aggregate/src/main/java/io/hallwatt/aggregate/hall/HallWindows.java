package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.account.EnergyAccount;
import io.hallwatt.aggregate.rack.RackLayout;
import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.aggregate.rack.RackSummary;
import io.hallwatt.aggregate.rack.RackSums;
import io.hallwatt.aggregate.rack.RackWindow;
import io.hallwatt.aggregate.state.ChangeLog;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.window.BoundaryWait;
import io.hallwatt.aggregate.window.DeviceClock;
import io.hallwatt.aggregate.window.FirstReports;
import io.hallwatt.aggregate.window.HeldPower;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One hall: readings in any order within the grace to closed windows in order. Seconds close by the hall's clock; minutes add up closed seconds, quarters
 * closed minutes, exactly. Confined to one thread.
 */
public final class HallWindows {
    static final long SECOND = Resolution.SECOND.millis();
    /** A longer hole in live time (the stage was away) is passed over, not filled with empty seconds. */
    private static final long LONGEST_FILLED_MILLIS = 60_000;

    final SiteId site;
    final HallSettings settings;
    final DeviceClock clock;
    final RackLayout racks = new RackLayout();
    final UnitLayout units = new UnitLayout();
    final List<String> devices = new ArrayList<>();
    final HeldPower heldRacks = new HeldPower(RackWindow.CHANNELS);
    final HeldPower heldUnits = new HeldPower(CoolingSample.CHANNELS);
    final FirstReports firstRacks = new FirstReports();
    final FirstReports firstUnits = new FirstReports();
    final CoolingSums lastStates = new CoolingSums(0);
    /** Of each rack what it said in the last second in which it spoke; holds as long as its power does. */
    final RackSums latestRacks = new RackSums(0);

    final TreeMap<Long, HallSecond> seconds = new TreeMap<>();
    final TreeMap<Long, HallSpan> minutes = new TreeMap<>();
    final TreeMap<Long, HallSpan> quarters = new TreeMap<>();
    final HallEnergy energy;
    /** End of the newest closed second. */
    long closedUntil = NEVER;

    /** Of all but names, model and first reports. */
    final ChangeLog changes = new ChangeLog();

    final Closings closings = new Closings();

    boolean dirty;
    boolean firstDirty;
    /** Names that are written: racks, units, devices and whole racks only ever become more. */
    int namesWritten;

    boolean modelDirty = true;

    private Hall hall;
    private boolean left;
    private int[] rackDevices = new int[0];
    private int[] unitDevices = new int[0];
    /** Counted in closed seconds, so that the order of arrival does not matter. */
    private long boundaryWait;

    private long racksRead = Long.MAX_VALUE;
    /** The open second that was spoken of last: mostly the one that is spoken of next. */
    private @Nullable HallSecond current;

    private long currentStart;
    /** What {@link #next()} gives, as long as no second is opened or closed and no time passes. */
    private long nextStart;

    private boolean nextKnown;
    private final HallOutput out;

    public HallWindows(SiteId site, Hall hall, HallSettings settings, HallOutput out) {
        this.site = site;
        this.hall = hall;
        this.settings = settings;
        this.out = out;
        this.clock = new DeviceClock(settings.graceMillis(), settings.idleMillis());
        this.energy = new HallEnergy(site, hall.id(), hall, settings);
    }

    /** Takes the site model's hall, at the start and whenever it changes: new racks and units get rows, those that left are not expected any more. */
    public void apply(Hall model) {
        if (left) { // nobody could be heard meanwhile
            firstRacks.reset();
            firstUnits.reset();
        }
        left = false;
        place(model);
        energy.apply(model, racks, units, closedUntil);
        dirty = true;
        modelDirty = true;
    }

    /** As {@link #apply}, for a hall whose state was restored: the model that it was written under. */
    void restore(
            Hall model, Map<String, byte[]> itParts, Map<String, byte[]> coolingParts, Map<String, byte[]> waterParts) {
        place(model);
        energy.restore(model, racks, units, itParts, coolingParts, waterParts);
        modelDirty = false;
    }

    /**
     * The site model no longer has the hall: its devices are unknown from now on. What is open closes at its time, as the last model has it; windows that begin
     * later are not published any more. Until the hall comes back by {@link #apply} (ADR 8).
     */
    public void leave() {
        left = true;
        for (int device = 0; device < devices.size(); device++) {
            clock.retire(device);
        }
        energy.leave();
        dirty = true;
    }

    /** Whether the site model has lost the hall. */
    public boolean left() {
        return left;
    }

    private void place(Hall model) {
        hall = model;
        changes.startOver();
        racks.apply(model.racks());
        units.apply(model.coolingUnits());
        rackDevices = new int[racks.rows()];
        unitDevices = new int[units.rows()];
        heldRacks.grow(racks.rows());
        heldUnits.grow(units.rows());
        firstRacks.grow(racks.rows());
        firstUnits.grow(units.rows());
        lastStates.grow(units.rows());
        firstDirty = true;
        boundaryWait = SECOND;
        for (int row = 0; row < racks.rows(); row++) {
            Rack rack = racks.rack(row);
            rackDevices[row] = device("r/" + racks.ids().get(row));
            if (rack == null) {
                clock.retire(rackDevices[row]);
                firstRacks.retire(row);
            } else {
                boundaryWait = Math.max(boundaryWait, BoundaryWait.of(rack.reportInterval()));
                clock.expect(rackDevices[row], rack.reportInterval().toMillis());
                heldRacks.hold(row, 3 * rack.reportInterval().toMillis());
                firstRacks.expect(row);
            }
        }
        for (int row = 0; row < units.rows(); row++) {
            CoolingUnit unit = units.unit(row);
            unitDevices[row] = device("u/" + units.ids().get(row));
            if (unit == null) {
                clock.retire(unitDevices[row]);
                firstUnits.retire(row);
            } else {
                boundaryWait = Math.max(boundaryWait, BoundaryWait.of(unit.reportInterval()));
                clock.expect(unitDevices[row], unit.reportInterval().toMillis());
                heldUnits.hold(row, 3 * unit.reportInterval().toMillis());
                firstUnits.expect(row);
            }
        }
        seconds.values().forEach(second -> second.grow(racks.rows(), units.rows()));
    }

    private int device(String name) {
        int known = devices.indexOf(name);
        if (known < 0) {
            devices.add(name);
            known = devices.size() - 1;
            clock.expect(known, SECOND);
        }
        return known;
    }

    int names() {
        return racks.rows()
                + units.rows()
                + devices.size()
                + energy.whole().size()
                + energy.water().units().size();
    }

    public SiteId site() {
        return site;
    }

    public Hall model() {
        return hall;
    }

    /** End of the newest closed second, epoch ms; {@link io.hallwatt.aggregate.window.DeviceFrontiers#NEVER} where none is closed. */
    public long closedUntil() {
        return closedUntil;
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
        clock.ceiling(now);
    }

    /** A rack's report, from the given place in its topic. */
    public Outcome rack(RackReport report, int partition, long offset) {
        int row = left ? -1 : racks.row(report.rack());
        if (row < 0) {
            return Outcome.UNKNOWN_DEVICE;
        }
        long at = report.at();
        if (at < closedUntil) {
            if (clock.seen(rackDevices[row], at, report.sequence())) {
                return Outcome.DUPLICATE;
            }
            clock.observe(rackDevices[row], at, report.sequence());
            dirty = true;
            energy.rack(row, report, true, partition, offset);
            return Outcome.LATE;
        }
        long start = Resolution.SECOND.startMillis(at);
        HallSecond second = second(start);
        if (!second.racks.add(racks, row, start, report)) {
            return Outcome.DUPLICATE;
        }
        second.heard(at);
        dirty = true;
        energy.rack(row, report, false, partition, offset);
        clock.observe(rackDevices[row], at, report.sequence());
        advance();
        return Outcome.COUNTED;
    }

    /** A cooling unit's reading, from the given place in its topic. */
    public Outcome cooling(CoolingReading reading, int partition, long offset) {
        int row = left ? -1 : units.row(reading.unit().text());
        CoolingUnit unit = row < 0 ? null : units.unit(row);
        if (unit == null) {
            return Outcome.UNKNOWN_DEVICE;
        }
        long at = reading.at().toEpochMilli();
        if (at < closedUntil) {
            if (clock.seen(unitDevices[row], at, reading.sequence())) {
                return Outcome.DUPLICATE;
            }
            clock.observe(unitDevices[row], at, reading.sequence());
            dirty = true;
            energy.cooling(row, reading, true, partition, offset);
            return Outcome.LATE;
        }
        long start = Resolution.SECOND.startMillis(at);
        HallSecond second = second(start);
        if (!second.add(row, start, reading, unit)) {
            return Outcome.DUPLICATE;
        }
        second.heard(at);
        dirty = true;
        energy.cooling(row, reading, false, partition, offset);
        clock.observe(unitDevices[row], at, reading.sequence());
        advance();
        return Outcome.COUNTED;
    }

    private HallSecond second(long start) {
        HallSecond second = current;
        if (second == null || currentStart != start) {
            second = seconds.computeIfAbsent(start, none -> new HallSecond(racks.rows(), units.rows()));
            current = second;
            currentStart = start;
            nextKnown = false;
        }
        return second;
    }

    private void advance() {
        while (true) {
            long start = next();
            if (start == NEVER || !clock.due(start + SECOND, racksRead)) {
                return;
            }
            closeSecond(start);
            closeSpans(false);
        }
    }

    /** Start of the second that closes next: in live time the very next one, else the next in which anybody spoke. */
    private long next() {
        if (!nextKnown) {
            nextStart = findNext();
            nextKnown = true;
        }
        return nextStart;
    }

    private long findNext() {
        if (seconds.isEmpty()) {
            return NEVER;
        }
        long first = seconds.firstKey();
        boolean fill = settings.live() && closedUntil != NEVER && first - closedUntil <= LONGEST_FILLED_MILLIS;
        return fill ? closedUntil : first;
    }

    /**
     * Live time only: a hall of which nothing was ever heard begins to be awaited at {@code limit}.
     *
     * @param limit epoch ms
     * @param since when listening to it began, epoch ms
     */
    public void await(long limit, long since) {
        if (closedUntil == NEVER && seconds.isEmpty()) {
            begin(since);
            closedUntil = Resolution.SECOND.startMillis(limit);
            nextKnown = false;
            dirty = true;
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
        if (left || (closedUntil == NEVER && seconds.isEmpty())) {
            return;
        }
        while (!seconds.isEmpty() && seconds.firstKey() < until) {
            closeSecond(seconds.firstKey());
        }
        if (until > closedUntil) {
            renew();
            passOver(until);
            closeSpans(false);
            changes.startOver(); // a restart would not come upon it by itself
        }
    }

    /** Live time only: the wall clock closes all seconds that end at or before {@code limit}, empty ones too, and what is due after them. */
    public void closeThrough(long limit) {
        if (left) {
            closeLeft(limit);
            return;
        }
        if (closedUntil != NEVER || !seconds.isEmpty()) {
            if (closedUntil != NEVER && limit - closedUntil > LONGEST_FILLED_MILLIS && seconds.isEmpty()) {
                pass(Resolution.SECOND.startMillis(limit) - SECOND);
            }
            for (long start = nextByWallClock(); start + SECOND <= limit; start = nextByWallClock()) {
                closeSecond(start);
            }
            closeSpans(false);
        }
        energy.restate(out);
    }

    /** A hall that left: closes what was begun, and nothing after it. */
    private void closeLeft(long limit) {
        if (done()) {
            energy.restate(out);
            return;
        }
        while (!seconds.isEmpty() && seconds.firstKey() + SECOND <= limit) {
            closeSecond(seconds.firstKey());
        }
        boolean racksHeld = heldRacks.reset();
        boolean unitsHeld = heldUnits.reset();
        if (racksHeld || unitsHeld) {
            changes.startOver(); // a restart would not come upon it by itself
        }
        if (closedUntil != NEVER && Resolution.SECOND.startMillis(limit) > closedUntil) {
            pass(Resolution.SECOND.startMillis(limit));
        }
        closeSpans(false);
    }

    /** Whether nothing is open that could still be published. */
    private boolean done() {
        return seconds.isEmpty()
                && minutes.isEmpty()
                && quarters.isEmpty()
                && energy.it().closed()
                && energy.cooling().closed();
    }

    private long nextByWallClock() {
        long next = next();
        return next == NEVER ? closedUntil : next;
    }

    /** The input ended: closes everything. What comes later starts anew, behind what is closed. */
    public void end() {
        changes.startOver();
        while (!seconds.isEmpty()) {
            closeSecond(seconds.firstKey());
            closeSpans(false);
        }
        if (closedUntil != NEVER) {
            long quarterEnd = Resolution.QUARTER.startMillis(closedUntil - 1) + Resolution.QUARTER.millis();
            hold(quarterEnd);
            holdSpans(closedUntil, quarterEnd);
        }
        closeSpans(true);
        endHours(energy.it());
        endHours(energy.cooling());
        energy.water().closeHours(closedUntil + Resolution.HOUR.millis());
        clock.reset();
        heldRacks.reset();
        heldUnits.reset();
        firstRacks.reset();
        firstUnits.reset();
        firstDirty = true;
        dirty = true;
    }

    private void endHours(EnergyAccount account) {
        account.closeHours(account.lastHourEnd(), out::hour);
        account.restate(null, out::hour);
    }

    private void closeSecond(long start) {
        if (closedUntil != NEVER && start > closedUntil) {
            pass(start);
        }
        begin(start);
        long end = start + SECOND;
        HallSecond second = take(start);
        if (changes.wholeIsDue(clock.changes(), devices.size())) {
            changes.startOver(); // what closes before the next commit need not be closed again
            closings.forget();
        } else {
            closings.second(start, second);
        }
        RackSums closed = integrate(start, second);
        CoolingSums cooling = second.coolingSums;
        clock.closed(end);
        dirty = true;

        RackSummary summary = summary(closed, SECOND, end);
        HallQuantities quantities = quantities(summary, cooling, start, end);
        closings.power(quantities.milliwatts(), RackReport.ABSENT);
        keep(start, closed, cooling, quantities.milliwatts());
        closed.fill(latestRacks, row -> heldRacks.heldUntil(row) >= end); // after the minute took its sums
        Window window = window(start, Resolution.SECOND);
        out.racks(summary.frame(site, hall.id(), window), second.newest);
        publish(window, quantities.completeness(), quantities.second(), second.newest);
    }

    private HallSecond take(long start) {
        HallSecond second = seconds.remove(start);
        current = null;
        return second == null ? new HallSecond(racks.rows(), units.rows()) : second;
    }

    private RackSums integrate(long start, HallSecond second) {
        long end = start + SECOND;
        RackSums closed = second.racks.close(heldRacks, start, end);
        closed.remember(latestRacks);
        CoolingSums cooling = second.coolingSums;
        heldUnits.integrate(second.cooling, start, end, cooling::covered);
        states(cooling, end);
        heard(cooling);
        closedUntil = end;
        nextKnown = false;
        return closed;
    }

    /** A closed second goes into its minute, and into what holds behind it. */
    private void keep(long start, RackSums closed, CoolingSums cooling, long milliwatts) {
        boolean known = milliwatts != RackReport.ABSENT;
        span(minutes, Resolution.MINUTE, start)
                .add(closed, cooling, known ? milliwatts : HallSpan.NO_LEAST, known ? milliwatts : HallSpan.NO_LARGEST);
        latestRacks.latest(closed);
        holdSpans(start, start + SECOND);
    }

    /** At a restart: a second that was closed and published after all was written. */
    void closeAgain(long start, StateReader written) {
        passAgain(start);
        HallSecond second = take(start);
        if (written.flag()) {
            second.readChanges(written);
        }
        RackSums closed = integrate(start, second);
        keep(start, closed, second.coolingSums, written.integerOr(RackReport.ABSENT));
    }

    /** At a restart: time has passed up to there, and nothing closed on the way. */
    void passAgain(long to) {
        if (closedUntil == NEVER) {
            closedUntil = to;
            nextKnown = false;
        } else if (to > closedUntil) {
            passOver(to);
        }
    }

    /** At a restart: so many minutes, and so many quarters, were closed and published after all was written. */
    void closeSpansAgain(int closedMinutes, int closedQuarters) {
        for (int minute = 0; minute < closedMinutes; minute++) {
            Map.Entry<Long, HallSpan> first = minutes.pollFirstEntry();
            span(quarters, Resolution.QUARTER, first.getKey()).add(first.getValue());
        }
        for (int quarter = 0; quarter < closedQuarters; quarter++) {
            quarters.pollFirstEntry();
        }
    }

    private void begin(long start) {
        boolean racksBegin = firstRacks.begin(start);
        boolean unitsBegin = firstUnits.begin(start);
        firstDirty |= racksBegin || unitsBegin;
    }

    /** A unit that speaks less often than every second is still in the state it last named, as long as its power holds. */
    private void states(CoolingSums cooling, long end) {
        for (int unit = 0; unit < cooling.units(); unit++) {
            lastStates.inherit(unit, cooling);
            if (lastStates.lastState(unit) != null && lastStates.stateAt(unit) + heldUnits.hold(unit) >= end) {
                cooling.inherit(unit, lastStates);
            }
        }
    }

    /** A unit's last reading holds as its power does. */
    private void heard(CoolingSums cooling) {
        for (int unit = 0; unit < units.rows(); unit++) {
            cooling.heldUntil(unit, heldUnits.heldUntil(unit));
        }
    }

    /** Minutes that end in (from, to] keep what their silent racks last said; what comes after their end shall not change it. */
    private void holdSpans(long from, long to) {
        minutes.forEach((start, minute) -> {
            long end = start + Resolution.MINUTE.millis();
            if (end > from && end <= to) {
                minute.hold(latestRacks, row -> heldRacks.heldUntil(row) >= end);
            }
        });
    }

    /** Passes over a hole in which nobody spoke; what power still holds in it is added to its minutes. */
    private void pass(long to) {
        if (settings.live() && to - closedUntil > LONGEST_FILLED_MILLIS) {
            renew();
        }
        passOver(to);
    }

    private void passOver(long to) {
        hold(to);
        holdSpans(closedUntil, to);
        closedUntil = Math.max(closedUntil, to);
        nextKnown = false;
        dirty = true;
    }

    /** Nobody listened: who was heard before that may speak again. Who was silent already is silent. */
    private void renew() {
        renew(firstRacks, heldRacks, racks.rows());
        renew(firstUnits, heldUnits, units.rows());
        firstDirty = true;
    }

    private void renew(FirstReports first, HeldPower held, int rows) {
        long newest = held.heldUntil();
        // As it stopped, the stage may have listened a little longer than there was anything to hear.
        long heardUntil = newest == NEVER ? closedUntil : Math.min(closedUntil, newest - SECOND);
        for (int row = 0; row < rows; row++) {
            boolean heard = held.heldUntil(row) >= heardUntil;
            if (heard || first.awaited(row, held.hold(row), closedUntil)) {
                first.renew(row);
            }
        }
    }

    private void hold(long to) {
        long held = Math.max(heldRacks.heldUntil(), heldUnits.heldUntil());
        long until = Math.min(to, held);
        for (long from = closedUntil; from < until; ) {
            long end = Math.min(until, Resolution.MINUTE.startMillis(from) + Resolution.MINUTE.millis());
            HallSpan span = span(minutes, Resolution.MINUTE, from);
            RackWindow.silence(heldRacks, span.racks, from, end);
            heldUnits.integrateSilence(from, end, span.cooling::covered);
            heard(span.cooling);
            from = end;
        }
    }

    private HallSpan span(Map<Long, HallSpan> spans, Resolution resolution, long at) {
        long start = resolution.startMillis(at);
        HallSpan span = spans.get(start);
        if (span == null) {
            span = new HallSpan(racks.rows(), units.rows());
            spans.put(start, span);
        }
        span.racks.grow(racks.rows());
        span.cooling.grow(units.rows());
        return span;
    }

    private void closeSpans(boolean all) {
        long progress = Math.max(closedUntil, clock.newest());
        long known = all ? Long.MAX_VALUE : closedUntil; // of what is newer some has come and some has not
        while (!minutes.isEmpty()) {
            long start = minutes.firstKey();
            long end = start + Resolution.MINUTE.millis();
            if (!all && closedUntil < end + boundaryWait) {
                break;
            }
            HallSpan minute = minutes.pollFirstEntry().getValue();
            closings.minute();
            dirty = true;
            publish(minute, window(start, Resolution.MINUTE), known);
            span(quarters, Resolution.QUARTER, start).add(minute);
        }
        while (!quarters.isEmpty()) {
            long start = quarters.firstKey();
            long end = start + Resolution.QUARTER.millis();
            boolean minutesClosed = closedUntil >= end && (minutes.isEmpty() || minutes.firstKey() >= end);
            if (!all && !minutesClosed) {
                break;
            }
            closings.quarter();
            dirty = true;
            publish(quarters.pollFirstEntry().getValue(), window(start, Resolution.QUARTER), known);
        }
        long hoursEnd = Math.min(progress - settings.ledgerGraceMillis(), openSpansStart());
        energy.it().closeHours(hoursEnd, out::hour);
        energy.cooling().closeHours(hoursEnd, out::hour);
        energy.water().closeHours(hoursEnd);
        energy.restate(out);
    }

    private long openSpansStart() {
        long minute = minutes.isEmpty() ? Long.MAX_VALUE : minutes.firstKey();
        return quarters.isEmpty() ? minute : Math.min(minute, quarters.firstKey());
    }

    private void publish(HallSpan span, Window window, long known) {
        long start = window.start().toEpochMilli();
        long end = window.end().toEpochMilli();
        RackSummary summary = summary(span.shown(), end - start, end);
        if (window.resolution() == Resolution.MINUTE) {
            out.racks(summary.frame(site, hall.id(), window), Long.MIN_VALUE);
        }
        HallQuantities quantities = quantities(summary, span.cooling, start, end);
        publish(
                window,
                quantities.completeness(),
                quantities.span(
                        span,
                        energy.it().window(start, end, known),
                        energy.coolingWindow(start, end, known),
                        energy.water().metered(known),
                        energy.water().window(start, end, known)),
                Long.MIN_VALUE);
    }

    private RackSummary summary(RackSums sums, long windowMillis, long end) {
        return new RackSummary(racks, sums, windowMillis, row -> firstRacks.awaited(row, heldRacks.hold(row), end));
    }

    private HallQuantities quantities(RackSummary summary, CoolingSums cooling, long start, long end) {
        CoolingQuantities cooled = new CoolingQuantities(
                units, cooling, start, end, unit -> firstUnits.awaited(unit, heldUnits.hold(unit), end));
        return new HallQuantities(summary, units, cooled, hall);
    }

    private void publish(Window window, double completeness, Quantities quantities, long newest) {
        out.hall(new HallMetrics(site, hall.id(), window, 0, completeness, quantities), newest);
    }

    private static Window window(long start, Resolution resolution) {
        return new Window(Instant.ofEpochMilli(start), resolution);
    }

    /** Energy that the registers say has flowed in the hall since they are known, mWh. */
    public long registersMilliwattHours() {
        return energy.it().book().registersMilliwattHours()
                + energy.cooling().book().registersMilliwattHours();
    }

    /** Part of it that no closed hour holds yet, mWh. */
    public long openMilliwattHours() {
        return energy.it().book().openMilliwattHours() + energy.cooling().book().openMilliwattHours();
    }
}
