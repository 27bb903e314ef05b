package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.rack.RackReport.ABSENT;

import io.hallwatt.aggregate.account.EnergyAccount;
import io.hallwatt.aggregate.energy.Arrival;
import io.hallwatt.aggregate.energy.Energy;
import io.hallwatt.aggregate.energy.EnergyBook;
import io.hallwatt.aggregate.energy.MeterSpec;
import io.hallwatt.aggregate.rack.RackLayout;
import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.aggregate.window.DeviceFrontiers;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which meter of a hall a reading speaks of, and the two accounts that it goes to; beside them, water. A rack whose feeds are in the site model has a meter a feed; a rack without, or
 * one that states energy for intervals, is one meter.
 */
final class HallEnergy {
    private static final String[] FEEDS = {"/A", "/B"};
    /** What an unmodelled rack is taken to draw at most, W: more than any rack there is. */
    private static final double UNMODELLED_WATTS = 1e6;

    private final EnergyAccount it;
    private final EnergyAccount cooling;
    private final HallWater water = new HallWater();
    /** Racks with feeds in the site model that state energy for the whole rack all the same. */
    private final Set<String> whole = new TreeSet<>();

    private boolean renamed;

    private Hall hall;
    private RackLayout racks = new RackLayout();
    private UnitLayout units = new UnitLayout();
    /** By rack row: the meters of A, of B, of the whole rack; −1 where there is none. */
    private int[] rackMeters = new int[0];

    private int[] unitMeters = new int[0];

    HallEnergy(SiteId site, HallId id, Hall hall, HallSettings settings) {
        this.hall = hall;
        this.it = new EnergyAccount(site, new EnergySubject.HallIt(id), settings.rackTopic(), settings.live());
        this.cooling =
                new EnergyAccount(site, new EnergySubject.HallCooling(id), settings.coolingTopic(), settings.live());
    }

    EnergyAccount it() {
        return it;
    }

    EnergyAccount cooling() {
        return cooling;
    }

    HallWater water() {
        return water;
    }

    /** What the cooling units used in [start, end), as known by the readings before {@code known}; null where the book does not hold it by minutes. */
    @Nullable
    CoolingEnergy coolingWindow(long start, long end, long known) {
        List<Energy> meters = cooling.windowOfEach(start, end, known);
        return meters == null ? null : new CoolingEnergy(meters, unitMeters);
    }

    /** Racks that are one meter against the site model; part of the hall's state. */
    Set<String> whole() {
        return whole;
    }

    /** Whether {@link #whole()} or water's units have become more since this was last asked. */
    boolean takeRenamed() {
        boolean was = renamed;
        renamed = false;
        return was;
    }

    /** @param since meters that are new are expected in windows from here on, epoch ms */
    void apply(Hall model, RackLayout rackLayout, UnitLayout unitLayout, long since) {
        hall = model;
        racks = rackLayout;
        units = unitLayout;
        it.meters(rackSpecs(), since);
        cooling.meters(unitSpecs(), since);
        water.apply(model);
        number();
    }

    void restore(
            Hall model,
            RackLayout rackLayout,
            UnitLayout unitLayout,
            Map<String, byte[]> itParts,
            Map<String, byte[]> coolingParts,
            Map<String, byte[]> waterParts) {
        hall = model;
        racks = rackLayout;
        units = unitLayout;
        it.restore(rackSpecs(), itParts);
        cooling.restore(unitSpecs(), coolingParts);
        water.restore(model, waterParts);
        number();
    }

    /** The site model has lost the hall: no meter is expected any more. */
    void leave() {
        it.meters(List.of(), DeviceFrontiers.NEVER);
        cooling.meters(List.of(), DeviceFrontiers.NEVER);
        water.leave();
    }

    /** What was given often is kept no longer. */
    void startOver() {
        it.startOver();
        cooling.startOver();
        water.startOver();
    }

    /** Publishes closed hours that late readings changed. */
    void restate(HallOutput out) {
        it.restate(null, out::hour);
        cooling.restate(null, out::hour);
    }

    /**
     * Publishes the hours that end at or before {@code until}, and closed ones that late readings changed.
     *
     * @param until epoch ms
     */
    void closeHours(long until, HallOutput out) {
        it.closeHours(until, out::hour);
        cooling.closeHours(until, out::hour);
        water.closeHours(until);
        restate(out);
    }

    /**
     * The input ended: publishes all hours that anything is known of.
     *
     * @param closedUntil end of the hall's newest closed second, epoch ms
     */
    void end(long closedUntil, HallOutput out) {
        end(it, out);
        end(cooling, out);
        water.closeHours(closedUntil + Resolution.HOUR.millis());
    }

    private static void end(EnergyAccount account, HallOutput out) {
        account.closeHours(account.lastHourEnd(), out::hour);
        account.restate(null, out::hour);
    }

    /** Whether no hour is open that could still be published. */
    boolean closed() {
        return it.closed() && cooling.closed();
    }

    /** Energy that the registers say has flowed since they are known, mWh. */
    long registersMilliwattHours() {
        return it.book().registersMilliwattHours() + cooling.book().registersMilliwattHours();
    }

    /** Part of it that no closed hour holds yet, mWh. */
    long openMilliwattHours() {
        return it.book().openMilliwattHours() + cooling.book().openMilliwattHours();
    }

    private List<MeterSpec> rackSpecs() {
        List<MeterSpec> specs = new ArrayList<>();
        for (Rack rack : hall.racks()) {
            String id = rack.id().text();
            if ((rack.feedA() == null && rack.feedB() == null) || whole.contains(id)) {
                specs.add(spec(
                        id,
                        rack.registerModulusMilliwattHours(),
                        rack.registerResolutionMilliwattHours(),
                        Math.max(UNMODELLED_WATTS, hall.designItWatts()),
                        rack.reportInterval()));
                continue;
            }
            for (int feed = 0; feed < 2; feed++) {
                Feed rated = feed == 0 ? rack.feedA() : rack.feedB();
                if (rated != null) {
                    specs.add(spec(
                            id + FEEDS[feed],
                            rack.registerModulusMilliwattHours(),
                            rack.registerResolutionMilliwattHours(),
                            rated.ratedWatts(),
                            rack.reportInterval()));
                }
            }
        }
        return specs;
    }

    private List<MeterSpec> unitSpecs() {
        List<MeterSpec> specs = new ArrayList<>();
        for (CoolingUnit unit : hall.coolingUnits()) {
            specs.add(spec(
                    unit.id().text(),
                    unit.registerModulusMilliwattHours(),
                    unit.registerResolutionMilliwattHours(),
                    unit.ratedElectricalWatts(),
                    unit.reportInterval()));
        }
        return specs;
    }

    private static MeterSpec spec(String name, long modulus, long resolution, double watts, Duration interval) {
        double finite = watts > 0 && Double.isFinite(watts) ? watts : UNMODELLED_WATTS;
        return new MeterSpec(name, modulus, finite, interval, resolution);
    }

    private void number() {
        rackMeters = new int[racks.rows() * 3];
        Arrays.fill(rackMeters, -1);
        for (int row = 0; row < racks.rows(); row++) {
            String id = racks.ids().get(row);
            rackMeters[row * 3] = it.meter(id + FEEDS[0]);
            rackMeters[row * 3 + 1] = it.meter(id + FEEDS[1]);
            rackMeters[row * 3 + 2] = it.meter(id);
        }
        unitMeters = new int[units.rows()];
        for (int row = 0; row < units.rows(); row++) {
            unitMeters[row] = cooling.meter(units.ids().get(row));
        }
    }

    /**
     * A late reading of a rack or a unit may have come before, longer ago than its sequence tells: nobody remembers all readings of so many devices. It is evidence only where it
     * changes the energy, which a repetition does not.
     */
    private static void evidence(
            EnergyAccount account, Arrival arrival, boolean late, long measuredAt, int partition, long offset) {
        if (!late || arrival != Arrival.UNCHANGED) {
            account.evidence(arrival, measuredAt, partition, offset);
        }
    }

    /** @param late its second is closed */
    void rack(int row, RackReport report, boolean late, int partition, long offset) {
        if (report.intervalStart() != ABSENT) {
            becomeWhole(row);
            Arrival arrival = it.book()
                    .interval(
                            rackMeters[row * 3 + 2],
                            report.intervalStart(),
                            report.at(),
                            report.intervalMilliwattHours());
            evidence(it, arrival, late, report.at() - 1, partition, offset);
            return;
        }
        Arrival seen = Arrival.LATE;
        boolean wholeRack = rackMeters[row * 3 + 2] >= 0;
        if (wholeRack) {
            seen = whole(rackMeters[row * 3 + 2], report);
        } else {
            for (int feed = 0; feed < 2; feed++) {
                int meter = rackMeters[row * 3 + feed];
                if (meter >= 0) {
                    Arrival arrival = feed(meter, feed, report);
                    boolean weaker = arrival == Arrival.LATE
                            || (arrival == Arrival.UNCHANGED && seen != Arrival.LATE && seen != Arrival.REFUSED);
                    seen = weaker ? seen : arrival;
                }
            }
        }
        evidence(it, seen, late, report.at(), partition, offset);
    }

    /** One meter for both feeds: its register, where the reading has only one, or its power. */
    private Arrival whole(int meter, RackReport report) {
        long milliwatts = sum(report.feedMilliwatts(0), report.feedMilliwatts(1));
        long register = sum(report.feedRegister(0), report.feedRegister(1));
        if (register != ABSENT) {
            return it.book().register(meter, report.at(), register, watts(milliwatts));
        }
        return milliwatts == ABSENT ? Arrival.LATE : it.book().power(meter, report.at(), Math.max(0, milliwatts));
    }

    private Arrival feed(int meter, int feed, RackReport report) {
        long register = report.feedRegister(feed);
        long milliwatts = report.feedMilliwatts(feed);
        if (register != ABSENT) {
            return it.book().register(meter, report.at(), register, watts(milliwatts));
        }
        return milliwatts == ABSENT ? Arrival.LATE : it.book().power(meter, report.at(), Math.max(0, milliwatts));
    }

    private void becomeWhole(int row) {
        if (rackMeters[row * 3 + 2] < 0) {
            whole.add(racks.ids().get(row));
            renamed = true;
            apply(hall, racks, units, DeviceFrontiers.NEVER); // it was expected before
        }
    }

    /** @param late its second is closed */
    void cooling(int row, CoolingReading reading, boolean late, int partition, long offset) {
        renamed |= water.read(hall, reading);
        int meter = unitMeters[row];
        long at = reading.at().toEpochMilli();
        IntervalEnergy interval = reading.interval();
        Long register = reading.registerMilliwattHours();
        Double watts = reading.electricalWatts();
        long milliwatts = watts == null ? EnergyBook.NO_POWER : Math.max(0, Math.round(watts * 1000));
        if (interval != null) {
            Arrival arrival =
                    cooling.book().interval(meter, interval.start().toEpochMilli(), at, interval.milliwattHours());
            evidence(cooling, arrival, late, at - 1, partition, offset);
        } else if (register != null) {
            evidence(cooling, cooling.book().register(meter, at, register, milliwatts), late, at, partition, offset);
        } else if (watts != null) {
            evidence(cooling, cooling.book().power(meter, at, milliwatts), late, at, partition, offset);
        }
    }

    private static long sum(long a, long b) {
        if (a == ABSENT) {
            return b;
        }
        return b == ABSENT ? a : a + b;
    }

    private static long watts(long milliwatts) {
        return milliwatts == ABSENT ? EnergyBook.NO_POWER : Math.max(0, milliwatts);
    }
}
