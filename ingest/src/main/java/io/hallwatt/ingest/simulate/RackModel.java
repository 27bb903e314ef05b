package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.ingest.simulate.load.Placement;
import io.hallwatt.ingest.simulate.load.Workload;
import io.hallwatt.ingest.simulate.noise.Noise;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Electricity and air of every rack at any time. A rack's power is its peak times its workload's level, and a little noise of its own; both have closed
 * integrals, so a register is exactly the integral of the power. The hot path: arrays by rack, nothing allocated.
 */
final class RackModel {
    private static final double PEAK_OVER_DESIGN = 1.1; // so that a hall of plateaus at 0.9 stands at its design power
    private static final double LARGEST_PART_OF_FEED = 0.62;
    private static final double NOISE_SECONDS = 20;
    private static final double NOISE_RMS = 0.894; // of a wander's slope, times its period
    private static final double POWER_FACTOR = 0.985;

    private final Devices devices;
    private final SitePhysics physics;
    private final Workload[] workloads;
    private final int[] workloadOf;
    private final int[] hallOf;
    private final double[] peak;
    private final double[] noise; // joules
    private final long[] seeds;
    private final double[] shareA;
    private final double[] split; // part of a feed's power by phase, six a rack
    private final double[]
            shownBase; // Wh a feed's register shows beyond its share of the rack's energy since time 0, two a rack
    private final double[] warmth; // kelvin above the hall's air at the middle of the rack
    private final double[] stack; // kelvin from the middle to the top
    private final @Nullable RackTrouble[] troubles;

    RackModel(Devices devices, Placement placement, SitePhysics physics, long seed) {
        this.devices = devices;
        this.physics = physics;
        this.workloads = placement.workloads().toArray(Workload[]::new);
        this.workloadOf = placement.workloadOfRack();
        this.hallOf = devices.hallOfRack;
        int racks = devices.racks.size();
        this.peak = new double[racks];
        this.noise = new double[racks];
        this.seeds = new long[racks];
        this.shareA = new double[racks];
        this.split = new double[6 * racks];
        this.shownBase = new double[2 * racks];
        this.warmth = new double[racks];
        this.stack = new double[racks];
        this.troubles = new RackTrouble[racks];
        for (int r = 0; r < racks; r++) {
            build(r, placement.inference()[workloadOf[r]], Noise.seed(seed, devices.name(r)));
        }
    }

    private void build(int r, boolean inference, long own) {
        Rack rack = devices.racks.get(r);
        Hall hall = devices.halls.get(hallOf[r]);
        seeds[r] = own;
        peak[r] = peakWatts(hall, rack) * Noise.between(own, -1, 0.96, 1.04);
        noise[r] = (inference ? 0.03 : 0.01) * peak[r] * NOISE_SECONDS / NOISE_RMS;
        shareA[r] = rack.feedB() == null ? 1 : rack.feedA() == null ? 0 : Noise.between(own, -2, 0.48, 0.52);
        for (int feed = 0; feed < 2; feed++) {
            Feed f = feed == 0 ? rack.feedA() : rack.feedB();
            double sum = 0;
            for (int p = 0; p < 3; p++) {
                double part = f != null && f.phases() == 1
                        ? (p == 0 ? 1 : 0)
                        : Noise.between(own, -10 - 3 * feed - p, 0.96, 1.04);
                split[6 * r + 3 * feed + p] = part;
                sum += part;
            }
            for (int p = 0; p < 3; p++) {
                split[6 * r + 3 * feed + p] /= sum;
            }
            // Meters have a past: some have counted for years.
            double most = Math.min(rack.registerModulusMilliwattHours() / 1000.0, 1e9);
            shownBase[2 * r + feed] = Math.floor(Noise.between(own, -20 - feed, 0, most));
        }
        double spread = (hall.ashrae().recommendedMaxCelsius() - hall.ashrae().recommendedMinCelsius()) / 9;
        warmth[r] = Noise.between(own, -30, 0.2, 1.6) * spread;
        stack[r] = Noise.between(own, -31, 0.3, 1.2) * spread;
    }

    static double peakWatts(Hall hall, Rack rack) {
        double design =
                hall.designItWatts() > 0 ? hall.designItWatts() / hall.racks().size() : 10_000;
        double wanted = design * PEAK_OVER_DESIGN;
        Feed a = rack.feedA();
        Feed b = rack.feedB();
        double weaker = Math.min(
                a == null ? Double.POSITIVE_INFINITY : a.ratedWatts(),
                b == null ? Double.POSITIVE_INFINITY : b.ratedWatts());
        return Math.min(wanted, weaker * LARGEST_PART_OF_FEED); // either feed can carry the rack alone
    }

    double peakWatts(int r) {
        return peak[r];
    }

    double shareA(int r) {
        return shareA[r];
    }

    /** What the rack draws when nothing is wrong, W, at simulated seconds. */
    double watts(int r, double t) {
        double level = workloads[workloadOf[r]].level(t);
        return Math.max(0, peak[r] * level + noise[r] * Noise.wanderSlope(seeds[r], t, NOISE_SECONDS));
    }

    /** Its integral, Wh since time 0. */
    double wattHours(int r, double t) {
        double level = workloads[workloadOf[r]].integral(t);
        return (peak[r] * level + noise[r] * Noise.wander(seeds[r], t, NOISE_SECONDS)) / 3600;
    }

    /** What a feed must draw so that its most loaded phase stands at {@code to} of its breaker, W. */
    double overloadWatts(int r, int feed, double to) {
        Feed f = feed == 0 ? devices.racks.get(r).feedA() : devices.racks.get(r).feedB();
        if (f == null) {
            return 0;
        }
        int i = 6 * r + 3 * feed;
        double most = Math.max(split[i], Math.max(split[i + 1], split[i + 2]));
        return to * f.breakerAmps() * f.volts() * POWER_FACTOR / most;
    }

    /** What a feed's register shows at {@code t} where the rack has no trouble, Wh. */
    double shownWattHours(int r, int feed, double t) {
        double share = feed == 0 ? shareA[r] : 1 - shareA[r];
        return shownBase[2 * r + feed] + share * wattHours(r, t);
    }

    /** From now on, untroubled, the register goes on from {@code wattHours} at {@code t}. */
    void rebase(int r, int feed, double t, double wattHours) {
        double share = feed == 0 ? shareA[r] : 1 - shareA[r];
        shownBase[2 * r + feed] = wattHours - share * wattHours(r, t);
    }

    @Nullable
    RackTrouble trouble(int r) {
        return troubles[r];
    }

    void trouble(int r, @Nullable RackTrouble trouble) {
        troubles[r] = trouble;
    }

    /**
     * Fills in what the rack reports.
     *
     * @param millis simulated
     * @param part   of the physics' step that has passed
     */
    void sample(int r, long millis, double part, long jitter, RackSample out) {
        double t = millis / 1000.0;
        Rack rack = devices.racks.get(r);
        int hall = hallOf[r];
        out.rack = rack;
        out.hall = devices.halls.get(hall);
        double lagged = physics.laggedLevel(workloadOf[r], part);
        double warmer = 1;
        RackTrouble trouble = troubles[r];
        if (trouble == null) {
            double watts = watts(r, t);
            double wattHours = wattHours(r, t);
            double share = shareA[r];
            feed(r, 0, rack.feedA(), watts * share, shownBase[2 * r] + share * wattHours, lagged, part, jitter, out);
            feed(
                    r,
                    1,
                    rack.feedB(),
                    watts * (1 - share),
                    shownBase[2 * r + 1] + (1 - share) * wattHours,
                    lagged,
                    part,
                    jitter,
                    out);
        } else {
            trouble.moveTo(millis);
            feed(
                    r,
                    0,
                    rack.feedA(),
                    trouble.watts(0, millis),
                    trouble.shownWattHours(0, millis),
                    lagged,
                    part,
                    jitter,
                    out);
            feed(
                    r,
                    1,
                    rack.feedB(),
                    trouble.watts(1, millis),
                    trouble.shownWattHours(1, millis),
                    lagged,
                    part,
                    jitter,
                    out);
            trouble.silence(out);
            warmer = trouble.warmer(millis);
        }
        if (rack.feedA() == null && rack.feedB() == null) {
            out.phases[0] = 0; // a meter with nothing but a register and a total
        }
        air(r, hall, lagged, warmer, part, jitter, out);
    }

    private void feed(
            int r,
            int feed,
            @Nullable Feed f,
            double watts,
            double wattHours,
            double lagged,
            double part,
            long jitter,
            RackSample out) {
        long modulus = out.rack.registerModulusMilliwattHours();
        out.registerMilliwattHours[feed] = Math.floorMod((long) Math.floor(wattHours) * 1000, modulus);
        int at = 3 * feed;
        if (f == null) {
            out.phases[feed] = -1;
            out.watts[at] = Math.rint(watts);
            return;
        }
        out.phases[feed] = f.phases();
        double volts = f.volts() * physics.voltsRatio(hallOf[r], feed, part);
        double factor = POWER_FACTOR - 0.02 * (1 - Math.min(1, lagged)) + small(jitter, 40 + feed, 0.002);
        for (int p = 0; p < f.phases(); p++) {
            double phaseVolts = tenth(volts * (1 + 0.002 * (p - 1)) + small(jitter, 5 * (at + p), 0.3));
            double phaseWatts = watts * split[6 * r + at + p];
            out.volts[at + p] = phaseVolts;
            out.watts[at + p] = Math.rint(phaseWatts);
            out.amps[at + p] = hundredth(phaseWatts / (phaseVolts * factor));
        }
    }

    private void air(int r, int hall, double lagged, double warmer, double part, long jitter, RackSample out) {
        double supply = physics.airCelsius(hall, part);
        double middle = supply + warmth[r] * (0.4 + 0.6 * lagged);
        out.inletMiddle = tenth(middle + small(jitter, 3, 0.1));
        out.inletTop = tenth(middle + stack[r] + small(jitter, 8, 0.1));
        out.inletBottom = tenth(middle - 0.6 * stack[r] + small(jitter, 13, 0.1));
        // Fans follow the load, but less than it: the air leaves warmer under load.
        double kelvin = 14 * lagged / (0.35 + 0.65 * lagged) * warmer;
        out.outlet = tenth(middle + 0.3 * stack[r] + kelvin + small(jitter, 18, 0.1));
        double humid = physics.humidityPercent(hall, part) * (1 - 0.06 * (middle - supply));
        out.humidity = tenth(humid + small(jitter, 23, 0.2));
    }

    /** A sensor's own noise within ±{@code size}, from some bits of the report's. */
    private static double small(long jitter, int shift, double size) {
        return size * ((jitter >>> shift & 0xFF) - 127.5) / 127.5;
    }

    private static double tenth(double value) {
        return Math.rint(value * 10) / 10;
    }

    private static double hundredth(double value) {
        return Math.rint(value * 100) / 100;
    }

    void save(DataOutput out) throws IOException {
        for (double base : shownBase) {
            out.writeDouble(base);
        }
        for (RackTrouble trouble : troubles) {
            if (trouble != null) {
                trouble.save(out);
            }
        }
    }

    /** Into a model in the same trouble as the one that was saved. */
    void load(DataInput in) throws IOException {
        for (int i = 0; i < shownBase.length; i++) {
            shownBase[i] = in.readDouble();
        }
        for (RackTrouble trouble : troubles) {
            if (trouble != null) {
                trouble.load(in);
            }
        }
    }
}
