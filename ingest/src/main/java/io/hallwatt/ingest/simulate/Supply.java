package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import io.hallwatt.ingest.simulate.noise.Noise;
import io.hallwatt.ingest.simulate.plant.Battery;
import io.hallwatt.ingest.simulate.plant.PvPlant;
import io.hallwatt.ingest.simulate.plant.UpsBatteries;
import io.hallwatt.ingest.simulate.plant.WindFarm;
import io.hallwatt.ingest.simulate.weather.Climate;
import io.hallwatt.ingest.simulate.weather.Clouds;
import io.hallwatt.ingest.simulate.weather.Sun;
import io.hallwatt.ingest.simulate.weather.Wind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The site's sources. Plants follow sun, cloud and wind, each its own, as far apart as plants are; the battery charges at night and around noon and gives in the evening; the grid takes
 * what is over and gives what is missing, so that the bus balances exactly. While it is away the halls' UPS batteries give what is missing, and take it back when it is there again.
 * Plants by purchase agreement stand beside the balance.
 */
final class Supply {
    private static final double NIGHT_DRAW = 0.002; // of the rating: inverters and turbines at rest
    private static final double BATTERY_RAMP = 1.0 / 60; // of the rating, per second
    private static final double GRID_FULL = 0.97; // of the contracted limit: the battery does not charge beyond it
    private static final double FRONT_SECONDS = 30;
    private static final double CARBON_SWING = 0.08;

    final Track watts;
    final Track charge;
    final double[] carbon;

    private final List<SupplySource> sources;
    private final double latitude;
    private final double longitude;
    private final List<Clouds> clouds = new ArrayList<>();
    private final List<Wind> winds = new ArrayList<>();
    private final @Nullable Battery[] batteries;
    private final UpsBatteries ups;
    private final long[] seeds;
    private final double[] deliveredArea; // W·s
    private final double[] drawnArea;
    private final Climate climate;
    private final java.time.ZoneId zone;

    Supply(Devices devices, Climate climate, long seed) {
        this.sources = devices.sources;
        this.latitude = devices.site.latitude();
        this.longitude = devices.site.longitude();
        this.zone = devices.site.zone();
        this.climate = climate;
        int count = sources.size();
        this.watts = new Track(count);
        this.charge = new Track(count);
        this.carbon = new double[count];
        this.batteries = new Battery[count];
        this.ups = new UpsBatteries(
                devices.halls.stream().mapToDouble(Hall::designItWatts).sum());
        this.seeds = new long[count];
        this.deliveredArea = new double[count];
        this.drawnArea = new double[count];
        for (int s = 0; s < count; s++) {
            SupplySource source = sources.get(s);
            seeds[s] = Noise.seed(seed, source.id().text());
            clouds.add(new Clouds(seeds[s], longitude));
            winds.add(new Wind(seeds[s]));
            if (source.kind() == SupplyKind.BATTERY) {
                batteries[s] = new Battery(source.ratedWatts(), 0.5);
                charge.to[s] = 0.5;
            }
        }
    }

    /**
     * Moves on to a time.
     *
     * @param load     of the site at its bus, W
     * @param front    part of the sun's light that a cloud front takes away
     * @param gridLost whether the grid gives nothing
     */
    void step(double epochSeconds, double seconds, double load, double front, boolean gridLost) {
        book(seconds);
        watts.next(seconds);
        charge.next(seconds);
        Sun sun = Sun.at(epochSeconds, latitude, longitude);
        double air = climate.celsius(epochSeconds);
        double hour = localHour(epochSeconds);
        double open = load;
        for (int s = 0; s < sources.size(); s++) {
            SupplySource source = sources.get(s);
            double now = switch (source.kind()) {
                case SOLAR -> solar(source, s, sun, air, epochSeconds, front);
                case WIND -> wind(source, s, epochSeconds);
                case HYDRO -> source.ratedWatts() * (0.45 + 0.25 * Noise.wander(seeds[s], epochSeconds, 5 * 86_400));
                case BATTERY, GRID -> 0;
            };
            watts.to[s] = now;
            open -= source.physical() ? now : 0;
            carbon[s] = carbon(source, hour);
        }
        double connected = sources.stream()
                .filter(Supply::balances)
                .mapToDouble(SupplySource::ratedWatts)
                .sum();
        for (int s = 0; s < sources.size(); s++) {
            Battery battery = batteries[s];
            if (battery != null) {
                double rated = sources.get(s).ratedWatts();
                double step = rated * BATTERY_RAMP * seconds;
                double room = connected == 0 ? rated : Math.max(0, GRID_FULL * connected - open); // for charging
                double wanted = gridLost ? open : Math.max(rated * wanted(hour), -room);
                double ramped = gridLost ? wanted : watts.from[s] + Math.clamp(wanted - watts.from[s], -step, step);
                watts.to[s] = battery.possibleWatts(ramped, seconds);
                open -= sources.get(s).physical() ? watts.to[s] : 0;
                charge.to[s] = battery.chargeRatio();
            }
        }
        if (gridLost) {
            ups.give(Math.max(0, open), seconds);
        } else {
            open += ups.take(GRID_FULL * connected - open, seconds);
        }
        for (int s = 0; s < sources.size(); s++) {
            if (balances(sources.get(s))) {
                watts.to[s] = gridLost ? 0 : open * sources.get(s).ratedWatts() / connected;
            }
        }
    }

    /** Energy given to the bus up to a part of the step, Wh. */
    double deliveredWattHours(int s, double part, double seconds) {
        return (deliveredArea[s] + positive(watts.from[s], watts.at(s, part)) * part * seconds) / 3600;
    }

    /** Energy taken from the bus, likewise. */
    double drawnWattHours(int s, double part, double seconds) {
        return (drawnArea[s] + positive(-watts.from[s], -watts.at(s, part)) * part * seconds) / 3600;
    }

    private void book(double seconds) {
        for (int s = 0; s < sources.size(); s++) {
            double out = positive(watts.from[s], watts.to[s]) * seconds;
            double in = positive(-watts.from[s], -watts.to[s]) * seconds;
            deliveredArea[s] += out;
            drawnArea[s] += in;
            Battery battery = batteries[s];
            if (battery != null) {
                battery.book(out / 3600, in / 3600);
            }
        }
    }

    /** Mean of the positive part of a straight line from {@code a} to {@code b}. */
    static double positive(double a, double b) {
        if (a >= 0 && b >= 0) {
            return (a + b) / 2;
        }
        if (a <= 0 && b <= 0) {
            return 0;
        }
        double top = Math.max(a, b);
        return top * top / (2 * Math.abs(a - b));
    }

    private double solar(SupplySource source, int s, Sun sun, double air, double epochSeconds, double front) {
        double light = sun.clearSkyWattsPerSquareMetre() * clouds.get(s).factor(epochSeconds) * (1 - front);
        double watts = PvPlant.rated(source.ratedWatts()).acWatts(light, air);
        return watts > 0 ? watts : -NIGHT_DRAW * source.ratedWatts();
    }

    private double wind(SupplySource source, int s, double epochSeconds) {
        double ratio = WindFarm.farmRatio(winds.get(s).metresPerSecond(epochSeconds));
        return source.ratedWatts() * (ratio > 0 ? ratio : -NIGHT_DRAW);
    }

    /** How far a front has come, {@code depth} at most. */
    static double front(double depth, double secondsSinceBegin, double secondsToEnd) {
        double grown = Math.min(1, secondsSinceBegin / FRONT_SECONDS);
        double gone = Math.min(1, secondsToEnd / FRONT_SECONDS);
        return depth * Math.min(grown, gone);
    }

    private static boolean balances(SupplySource source) {
        return source.kind() == SupplyKind.GRID && source.physical();
    }

    private static double wanted(double localHour) {
        if (localHour >= 18 && localHour < 22) {
            return 0.4;
        }
        return localHour < 5 || (localHour >= 11 && localHour < 15) ? -0.3 : 0;
    }

    /** Metered at the grid's connection: the site model's yearly factor with a daily shape around it, lower at noon, higher in the evening. Simulated. */
    private static double carbon(SupplySource source, double localHour) {
        Double factor = source.carbonGramsPerKilowattHour();
        if (source.kind() != SupplyKind.GRID || factor == null) {
            return Double.NaN;
        }
        return Math.rint(factor * (1 + CARBON_SWING * StrictMath.cos(2 * Math.PI * (localHour - 21) / 24)));
    }

    private double localHour(double epochSeconds) {
        long whole = (long) Math.floor(epochSeconds);
        double local = epochSeconds
                + zone.getRules().getOffset(Instant.ofEpochSecond(whole)).getTotalSeconds();
        return (local / 86_400 - Math.floor(local / 86_400)) * 24;
    }

    void save(DataOutput out) throws IOException {
        watts.save(out);
        charge.save(out);
        for (int s = 0; s < sources.size(); s++) {
            out.writeDouble(deliveredArea[s]);
            out.writeDouble(drawnArea[s]);
            out.writeDouble(carbon[s]);
            out.writeDouble(kept(s));
        }
    }

    void load(DataInput in) throws IOException {
        watts.load(in);
        charge.load(in);
        for (int s = 0; s < sources.size(); s++) {
            deliveredArea[s] = in.readDouble();
            drawnArea[s] = in.readDouble();
            carbon[s] = in.readDouble();
            keep(s, in.readDouble());
        }
    }

    /** What a source remembers: a battery its charge, the first grid connection what UPS batteries have still to take from it. */
    private double kept(int s) {
        Battery battery = batteries[s];
        if (battery != null) {
            return battery.chargeRatio();
        }
        return s == firstGrid() ? ups.owedWattHours() : 0;
    }

    private void keep(int s, double kept) {
        Battery battery = batteries[s];
        if (battery != null) {
            battery.chargeRatio(kept);
        } else if (s == firstGrid()) {
            ups.owedWattHours(kept);
        }
    }

    private int firstGrid() {
        int s = 0;
        while (s < sources.size() && !balances(sources.get(s))) {
            s++;
        }
        return s;
    }
}
