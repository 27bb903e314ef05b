package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.ingest.simulate.cooling.HallCooling;
import io.hallwatt.ingest.simulate.load.Placement;
import io.hallwatt.ingest.simulate.load.Workload;
import io.hallwatt.ingest.simulate.noise.Noise;
import io.hallwatt.ingest.simulate.plant.Losses;
import io.hallwatt.ingest.simulate.scenario.Fault;
import io.hallwatt.ingest.simulate.scenario.Scenario;
import io.hallwatt.ingest.simulate.weather.Climate;
import io.hallwatt.ingest.simulate.weather.MoistAir;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * What is slow and shared: the halls' air, cooling units, voltage, losses, supply. Stepped once a simulated second, one step ahead of the reports, straight
 * between; so the bus balances at every instant, not only at the steps.
 */
final class SitePhysics {
    private static final double LAG_SECONDS = 75; // of the racks' air behind their power
    private static final double VOLTS_SWING = 0.012;
    private static final double HOUSE = 0.008; // lights, offices, pumps: part of the halls' design power
    private static final double COARSE_SECONDS = 30;
    private static final double FINE_SECONDS = 3600; // before the time asked for, always stepped by the second
    private static final int WARM_UP = 60;

    final Track electricalWatts;
    final Track supplyCelsius;
    final Track returnCelsius;
    final Track flow;
    final Track speed;
    final Track millilitresPerSecond;
    final Supply supply;

    private final Devices devices;
    private final Placement placement;
    private final long epochMillis;
    private final Climate climate;
    private final List<HallCooling> cooling = new ArrayList<>();
    private final boolean[][] failed;
    private final CoolingState[] states;
    private final int[] firstUnit;
    private final double[][] peakByWorkload; // by hall, W
    private final double[] before; // workloads' integrals at the step's start
    private final long[] voltSeeds;

    private final Track air;
    private final Track humidity;
    private final Track voltsRatio; // two a hall
    private final Track lagged; // workloads' levels, as the air follows them
    private final double[] itWatts;
    private double facilityWatts;

    private double from;
    private double to;
    private List<Fault> faults = List.of();
    private long runMillis;
    private ToDoubleBiFunction<Integer, Long> extraWatts = (hall, millis) -> 0;

    SitePhysics(Devices devices, Placement placement, long epochMillis, long seed) {
        this.devices = devices;
        this.placement = placement;
        this.epochMillis = epochMillis;
        this.climate = new Climate(seed, devices.site.longitude());
        this.supply = new Supply(devices, climate, seed);
        int halls = devices.halls.size();
        int units = devices.units.size();
        this.failed = new boolean[halls][];
        this.firstUnit = new int[halls];
        this.states = new CoolingState[units];
        this.voltSeeds = new long[2 * halls];
        this.peakByWorkload = new double[halls][placement.workloads().size()];
        this.before = new double[placement.workloads().size()];
        this.itWatts = new double[halls];
        int unit = 0;
        for (int h = 0; h < halls; h++) {
            Hall hall = devices.halls.get(h);
            cooling.add(new HallCooling(hall));
            failed[h] = new boolean[hall.coolingUnits().size()];
            firstUnit[h] = unit;
            unit += hall.coolingUnits().size();
            voltSeeds[2 * h] = Noise.seed(seed, "volts A " + hall.id());
            voltSeeds[2 * h + 1] = Noise.seed(seed, "volts B " + hall.id());
        }
        this.electricalWatts = new Track(units);
        this.supplyCelsius = new Track(units);
        this.returnCelsius = new Track(units);
        this.flow = new Track(units);
        this.speed = new Track(units);
        this.millilitresPerSecond = new Track(units);
        this.air = new Track(halls);
        this.humidity = new Track(halls);
        this.voltsRatio = new Track(2 * halls);
        this.lagged = new Track(before.length);
    }

    /** Says what the racks draw at most, adds up by hall, and lets the site settle at time 0. */
    void populate(RackModel racks) {
        for (int r = 0; r < devices.racks.size(); r++) {
            peakByWorkload[devices.hallOfRack[r]][placement.workloadOfRack()[r]] += racks.peakWatts(r);
        }
        for (int w = 0; w < before.length; w++) {
            lagged.to[w] = placement.workloads().get(w).level(0);
        }
        double[] level = lagged.to.clone();
        for (int i = 0; i < WARM_UP; i++) {
            settle(0, 10, level);
        }
        for (Track track : tracks()) {
            System.arraycopy(track.to, 0, track.from, 0, track.to.length);
        }
        System.arraycopy(supply.watts.to, 0, supply.watts.from, 0, supply.watts.to.length);
        to = 0;
        from = 0;
    }

    /** From now on these faults, counted from {@code runMillis}. */
    void follow(Scenario scenario, long runMillis, ToDoubleBiFunction<Integer, Long> extraWatts) {
        this.faults = scenario.faults();
        this.runMillis = runMillis;
        this.extraWatts = extraWatts;
    }

    /** Steps until {@code t} lies within the step; over a long gap by half minutes at first. */
    void moveTo(double t) {
        while (t >= to) {
            step(t - to > FINE_SECONDS + COARSE_SECONDS ? COARSE_SECONDS : 1);
        }
    }

    /** Part of the step that has passed at {@code t}. */
    double part(double t) {
        return (t - from) / (to - from);
    }

    double seconds() {
        return to - from;
    }

    double airCelsius(int hall, double part) {
        return air.at(hall, part);
    }

    double humidityPercent(int hall, double part) {
        return humidity.at(hall, part);
    }

    double voltsRatio(int hall, int feed, double part) {
        return voltsRatio.at(2 * hall + feed, part);
    }

    double laggedLevel(int workload, double part) {
        return lagged.at(workload, part);
    }

    CoolingState state(int unit) {
        return states[unit];
    }

    /** At the step's end. */
    double facilityWatts() {
        return facilityWatts;
    }

    private void step(double seconds) {
        from = to;
        to = from + seconds;
        double[] level = new double[before.length];
        for (int w = 0; w < level.length; w++) {
            Workload workload = placement.workloads().get(w);
            level[w] = (workload.integral(to) - workload.integral(from)) / seconds;
        }
        settle(to, seconds, level);
    }

    private void settle(double t, double seconds, double[] level) {
        for (Track track : tracks()) {
            track.next(seconds);
        }
        double epochSeconds = epochMillis / 1000.0 + t;
        long millis = Math.round(t * 1000);
        double outdoor = climate.celsius(epochSeconds);
        double dewPoint = Math.clamp(climate.dewPointCelsius(epochSeconds), 8, 12); // the halls' air is conditioned
        double keep = StrictMath.exp(-seconds / LAG_SECONDS);
        for (int w = 0; w < level.length; w++) {
            lagged.to[w] = level[w] + (lagged.from[w] - level[w]) * keep;
        }
        fail(millis);
        double load = 0;
        for (int h = 0; h < cooling.size(); h++) {
            itWatts[h] = extraWatts.applyAsDouble(h, millis);
            for (int w = 0; w < level.length; w++) {
                itWatts[h] += peakByWorkload[h][w] * level[w];
            }
            load += itWatts[h] + hall(h, outdoor, dewPoint, epochSeconds, seconds);
        }
        double design = devices.halls.stream().mapToDouble(Hall::designItWatts).sum();
        facilityWatts = load + (design > 0 ? Losses.transformerWatts(1.5 * design, load) + HOUSE * design : 0);
        supply.step(epochSeconds, seconds, facilityWatts, front(millis), gridLost(millis));
    }

    /** Moves a hall on; gives what it draws beyond its racks. */
    private double hall(int h, double outdoor, double dewPoint, double epochSeconds, double seconds) {
        HallCooling hall = cooling.get(h);
        hall.step(itWatts[h], outdoor, failed[h], seconds);
        air.to[h] = hall.airCelsius();
        humidity.to[h] = MoistAir.humidityPercent(hall.airCelsius(), dewPoint);
        double design = Math.max(devices.halls.get(h).designItWatts(), 1000);
        // Two UPS systems, each built for the whole hall and carrying half of it.
        double drawn = 2 * Losses.upsWatts(design, itWatts[h] / 2);
        for (int feed = 0; feed < 2; feed++) {
            double sag = 0.006 * itWatts[h] / design;
            voltsRatio.to[2 * h + feed] =
                    1.004 + VOLTS_SWING * Noise.wander(voltSeeds[2 * h + feed], epochSeconds, 900) - sag;
        }
        for (int i = 0; i < failed[h].length; i++) {
            int unit = firstUnit[h] + i;
            electricalWatts.to[unit] = hall.electricalWatts(i);
            supplyCelsius.to[unit] = hall.supplyCelsius(i);
            returnCelsius.to[unit] = hall.returnCelsius(i);
            flow.to[unit] = hall.flow(i);
            speed.to[unit] = hall.speed(i);
            millilitresPerSecond.to[unit] = hall.millilitresPerSecond(i);
            states[unit] = hall.state(i);
            drawn += hall.electricalWatts(i);
        }
        return drawn;
    }

    private void fail(long millis) {
        for (boolean[] hall : failed) {
            java.util.Arrays.fill(hall, false);
        }
        for (Fault fault : faults) {
            if (fault instanceof Fault.CoolingFailure failure && failure.span().covers(millis - runMillis)) {
                for (int device : devices.of(failure.target())) {
                    int unit = devices.unit(device);
                    int hall = devices.hallOfUnit[unit];
                    failed[hall][unit - firstUnit[hall]] = true;
                }
            }
        }
    }

    private double front(long millis) {
        double front = 0;
        for (Fault fault : faults) {
            if (fault instanceof Fault.CloudFront cloud && cloud.span().covers(millis - runMillis)) {
                double since = cloud.span().since(millis - runMillis) / 1000.0;
                double left = cloud.span().length().toMillis() / 1000.0 - since;
                front = Math.max(front, Supply.front(cloud.depth(), since, left));
            }
        }
        return front;
    }

    private boolean gridLost(long millis) {
        return faults.stream()
                .anyMatch(f -> f instanceof Fault.GridLoss loss && loss.span().covers(millis - runMillis));
    }

    private List<Track> tracks() {
        return List.of(
                electricalWatts,
                supplyCelsius,
                returnCelsius,
                flow,
                speed,
                millilitresPerSecond,
                air,
                humidity,
                voltsRatio,
                lagged);
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(from);
        out.writeDouble(to);
        for (Track track : tracks()) {
            track.save(out);
        }
        for (CoolingState state : states) {
            out.writeUTF(state.name());
        }
        for (HallCooling hall : cooling) {
            hall.save(out);
        }
        supply.save(out);
    }

    void load(DataInput in) throws IOException {
        from = in.readDouble();
        to = in.readDouble();
        for (Track track : tracks()) {
            track.load(in);
        }
        for (int i = 0; i < states.length; i++) {
            states[i] = CoolingState.valueOf(in.readUTF());
        }
        for (HallCooling hall : cooling) {
            hall.load(in);
        }
        supply.load(in);
    }
}
