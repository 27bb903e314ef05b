package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.aggregate.rack.RackSums;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;

/**
 * How time passes in a hall: seconds close in order, holes between them are passed over, and minutes, quarters and hours close behind them. When it passes, others
 * say. What was held holds on meanwhile.
 */
final class HallTime {
    final OpenSeconds seconds;
    final OpenSpans spans;
    final HeldReports held;

    private final HallSettings settings;
    private final HallDevices devices;
    private final HallEnergy energy;
    private final Unwritten unwritten;
    private final PublishedWindows published;
    private final HallOutput out;

    HallTime(
            SiteId site,
            HallSettings settings,
            HallDevices devices,
            HallEnergy energy,
            Unwritten unwritten,
            HallOutput out) {
        this.seconds = new OpenSeconds(devices, settings.live());
        this.spans = new OpenSpans(devices);
        this.held = new HeldReports(devices);
        this.settings = settings;
        this.devices = devices;
        this.energy = energy;
        this.unwritten = unwritten;
        this.published = new PublishedWindows(site, devices, energy, out);
        this.out = out;
    }

    /** Makes room for racks and units that are new in the model. */
    void grow() {
        seconds.grow();
        held.grow(devices.units.rows());
    }

    /** Closes the second that begins at {@code start}, and publishes it; before it, passes over the hole to it. */
    void closeSecond(long start) {
        if (seconds.closedUntil() != NEVER && start > seconds.closedUntil()) {
            pass(start);
        }
        devices.begin(start);
        long end = start + HallSecond.MILLIS;
        HallSecond second = seconds.take(start);
        unwritten.closing(start, second, devices);
        RackSums racks = integrate(start, second);
        devices.clock.closed(end);

        HallQuantities said = published.quantities(racks, second.coolingSums, start, end);
        long milliwatts = said.milliwatts();
        unwritten.closings.power(milliwatts, RackReport.ABSENT);
        keep(start, racks, second.coolingSums, milliwatts);
        held.fill(racks, end); // after the minute took its sums
        published.second(said, start, second.newest);
    }

    private RackSums integrate(long start, HallSecond second) {
        RackSums racks = held.integrate(start, second);
        seconds.closed(start + HallSecond.MILLIS);
        return racks;
    }

    /** A closed second goes into its minute, and into what holds behind it. */
    private void keep(long start, RackSums racks, CoolingSums cooling, long milliwatts) {
        boolean known = milliwatts != RackReport.ABSENT;
        spans.minute(start)
                .add(racks, cooling, known ? milliwatts : HallSpan.NO_LEAST, known ? milliwatts : HallSpan.NO_LARGEST);
        held.latest(racks);
        spans.hold(held, start, start + HallSecond.MILLIS);
    }

    /** Passes over a hole in which nobody spoke; what power still holds in it is added to its minutes. */
    void pass(long to) {
        if (settings.live() && seconds.isFar(to)) {
            passUnheard(to);
        } else {
            passOver(to);
        }
    }

    /** Passes over a hole in which nobody listened: who was heard before it may take as long as a report of it holds to speak again. */
    void passUnheard(long to) {
        devices.renew(seconds.closedUntil());
        passOver(to);
    }

    private void passOver(long to) {
        holdOn(to);
        seconds.closed(Math.max(seconds.closedUntil(), to));
        unwritten.dirty = true;
    }

    /** What holds goes into the minutes up to there. */
    private void holdOn(long to) {
        long until = Math.min(to, held.until());
        for (long from = seconds.closedUntil(); from < until; ) {
            long end = Math.min(until, Resolution.MINUTE.startMillis(from) + Resolution.MINUTE.millis());
            held.addSilence(spans.minute(from), from, end);
            from = end;
        }
        spans.hold(held, seconds.closedUntil(), to);
    }

    /** Closes and publishes the minutes, quarters and hours that are due. */
    void closeSpans() {
        closeSpans(seconds.closedUntil());
    }

    /** The input ended, and all seconds are closed: closes all else, as if nobody spoke for the rest of the quarter. */
    void end() {
        long until = seconds.closedUntil();
        if (until != NEVER) {
            holdOn(Resolution.QUARTER.startMillis(until - 1) + Resolution.QUARTER.millis());
        }
        closeSpans(Long.MAX_VALUE);
        energy.end(until, out);
    }

    private void closeSpans(long until) {
        spans.close(until, devices.boundaryWait(), (span, window) -> {
            unwritten.closings.span(window.resolution());
            unwritten.dirty = true;
            published.span(span, window, until);
        });
        long progress = Math.max(seconds.closedUntil(), devices.clock.newest());
        energy.closeHours(Math.min(progress - settings.ledgerGraceMillis(), spans.first()), out);
    }

    /** At a restart: a second that was closed and published after all was written. */
    void closeSecondAgain(long start, StateReader written) {
        passAgain(start);
        HallSecond second = seconds.take(start);
        if (written.flag()) {
            second.readChanges(written);
        }
        RackSums racks = integrate(start, second);
        keep(start, racks, second.coolingSums, written.integerOr(RackReport.ABSENT));
    }

    /** At a restart: time has passed up to there, and nothing closed on the way. */
    void passAgain(long to) {
        if (seconds.closedUntil() == NEVER) {
            seconds.closed(to);
        } else if (to > seconds.closedUntil()) {
            passOver(to);
        }
    }
}
