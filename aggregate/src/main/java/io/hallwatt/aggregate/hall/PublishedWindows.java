package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.rack.RackSummary;
import io.hallwatt.aggregate.rack.RackSums;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import java.time.Instant;

/** A hall's closed windows as they are published: from sums to figures, and on to whoever takes them. */
final class PublishedWindows {
    private static final long NO_READING = Long.MIN_VALUE;

    private final SiteId site;
    private final HallDevices devices;
    private final HallEnergy energy;
    private final HallOutput out;

    PublishedWindows(SiteId site, HallDevices devices, HallEnergy energy, HallOutput out) {
        this.site = site;
        this.devices = devices;
        this.energy = energy;
        this.out = out;
    }

    /** What the sums of a window in [start, end) say. */
    HallQuantities quantities(RackSums racks, CoolingSums cooling, long start, long end) {
        RackSummary summary =
                new RackSummary(devices.racks, racks, end - start, rack -> devices.reportingRacks.awaited(rack, end));
        CoolingQuantities cooled = new CoolingQuantities(
                devices.units, cooling, start, end, unit -> devices.reportingUnits.awaited(unit, end));
        return new HallQuantities(summary, devices.units, cooled, devices.model());
    }

    /** @param newest event time of the newest reading in it, epoch ms; least of all numbers where there is none */
    void second(HallQuantities said, long start, long newest) {
        Window window = new Window(Instant.ofEpochMilli(start), Resolution.SECOND);
        racks(said, window, newest);
        hall(said, window, said.second(), newest);
    }

    /** @param known energy is told as the readings before this tell it, epoch ms: of newer ones some have come and some have not */
    void span(HallSpan span, Window window, long known) {
        long start = window.start().toEpochMilli();
        long end = window.end().toEpochMilli();
        HallQuantities said = quantities(span.shown(), span.cooling, start, end);
        if (window.resolution() == Resolution.MINUTE) {
            racks(said, window, NO_READING);
        }
        Quantities quantities = said.span(
                span,
                energy.it().window(start, end, known),
                energy.coolingWindow(start, end, known),
                energy.water().metered(known),
                energy.water().window(start, end, known));
        hall(said, window, quantities, NO_READING);
    }

    private void racks(HallQuantities said, Window window, long newest) {
        out.racks(said.racks().frame(site, devices.model().id(), window), newest);
    }

    private void hall(HallQuantities said, Window window, Quantities quantities, long newest) {
        out.hall(new HallMetrics(site, devices.model().id(), window, 0, said.completeness(), quantities), newest);
    }
}
