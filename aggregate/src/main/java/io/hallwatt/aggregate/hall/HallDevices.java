package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.rack.RackLayout;
import io.hallwatt.aggregate.rack.RackWindow;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.aggregate.window.BoundaryWait;
import io.hallwatt.aggregate.window.DeviceClock;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is in a hall and who is expected in it: its racks and cooling units by row, as the site model has them, and the clock that they are to each other. */
final class HallDevices {
    final DeviceClock clock;
    final RackLayout racks = new RackLayout();
    final UnitLayout units = new UnitLayout();
    final Reporters reportingRacks;
    final Reporters reportingUnits;
    /** Of the clock's devices, by number. */
    final List<String> names = new ArrayList<>();

    private Hall model;
    private boolean left;
    private long boundaryWait;
    /** Whose first report is awaited is not written as it is now. */
    private boolean firstChanged;

    HallDevices(Hall model, HallSettings settings) {
        this.model = model;
        this.clock = new DeviceClock(settings.graceMillis(), settings.idleMillis());
        this.reportingRacks = new Reporters(clock, RackWindow.CHANNELS);
        this.reportingUnits = new Reporters(clock, CoolingSample.CHANNELS);
    }

    /** The site model's hall as it is now: new racks and units get rows, those that left are not expected any more. */
    void apply(Hall hall) {
        if (left) { // nobody could be heard meanwhile
            renewAll();
        }
        left = false;
        place(hall);
    }

    /** As {@link #apply}, with the model that what was restored was written under. */
    void restore(Hall hall) {
        place(hall);
    }

    /** The site model no longer has the hall: nobody is expected, and nobody is known. */
    void leave() {
        left = true;
        for (int device = 0; device < names.size(); device++) {
            clock.retire(device);
        }
    }

    private void place(Hall hall) {
        model = hall;
        racks.apply(hall.racks());
        units.apply(hall.coolingUnits());
        reportingRacks.grow(racks.rows());
        reportingUnits.grow(units.rows());
        firstChanged = true;
        boundaryWait = HallSecond.MILLIS;
        for (int row = 0; row < racks.rows(); row++) {
            Rack rack = racks.rack(row);
            place(reportingRacks, row, "r/" + racks.ids().get(row), rack == null ? null : rack.reportInterval());
        }
        for (int row = 0; row < units.rows(); row++) {
            CoolingUnit unit = units.unit(row);
            place(reportingUnits, row, "u/" + units.ids().get(row), unit == null ? null : unit.reportInterval());
        }
    }

    /** @param interval absent for one that the site model no longer has */
    private void place(Reporters those, int row, String name, @Nullable Duration interval) {
        int device = device(name);
        if (interval == null) {
            those.retire(row, device);
        } else {
            boundaryWait = Math.max(boundaryWait, BoundaryWait.of(interval));
            those.expect(row, device, interval);
        }
    }

    private int device(String name) {
        int known = names.indexOf(name);
        if (known < 0) {
            names.add(name);
            known = names.size() - 1;
            clock.expect(known, HallSecond.MILLIS);
        }
        return known;
    }

    Hall model() {
        return model;
    }

    /** Whether the site model has lost the hall. */
    boolean left() {
        return left;
    }

    /** The rack's row, or −1 where the site model does not have it. */
    int rack(String id) {
        return left ? -1 : racks.row(id);
    }

    /** The cooling unit's row, or −1 where the site model does not have it. */
    int unit(String id) {
        return left ? -1 : units.row(id);
    }

    /** How long behind its end a minute waits for registers, ms. Counted in closed seconds, so that the order of arrival does not matter. */
    long boundaryWait() {
        return boundaryWait;
    }

    /** A second begins: those that are new in the model are expected from it on. */
    void begin(long start) {
        boolean racksBegin = reportingRacks.begin(start);
        boolean unitsBegin = reportingUnits.begin(start);
        firstChanged |= racksBegin || unitsBegin;
    }

    /** Nobody listened from there on: who was heard until then has its time anew. */
    void renew(long closedUntil) {
        reportingRacks.renew(closedUntil);
        reportingUnits.renew(closedUntil);
        firstChanged = true;
    }

    /** The input ended: what comes next starts anew. */
    void reset() {
        clock.reset();
        renewAll();
    }

    private void renewAll() {
        reportingRacks.renewAll();
        reportingUnits.renewAll();
        firstChanged = true;
    }

    /** Names that {@link #writeNames} writes. */
    int nameCount() {
        return racks.rows() + units.rows() + names.size();
    }

    void writeNames(StateWriter out) {
        out.texts(racks.ids());
        out.texts(units.ids());
        out.texts(names);
    }

    void readNames(StateReader in) {
        racks.restore(in.texts());
        units.restore(in.texts());
        names.addAll(in.texts());
    }

    /** Whether {@link #writeFirst} would write other than it last did. */
    boolean firstChanged() {
        return firstChanged;
    }

    void writeFirst(StateWriter out) {
        reportingRacks.writeFirst(out);
        reportingUnits.writeFirst(out);
        firstChanged = false;
    }

    void readFirst(StateReader in) {
        reportingRacks.readFirst(in);
        reportingUnits.readFirst(in);
    }
}
