package io.hallwatt.ingest.simulate.cooling;

import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.site.AshraeClass;
import io.hallwatt.contract.site.CoolingKind;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Heat of one hall: from the racks to air (CRAH) and coolant (CDU), from both to chilled water (CHILLER), from there to the weather. Air, coolant and water
 * are three stores of heat; what is not carried off warms them, a few kelvin a minute when nothing runs. A kind that the hall does not have
 * carries without limit, from outside the model.
 */
public final class HallCooling {
    /** Heat that a flow of 1 L/s carries per kelvin, W: air at 25 °C, propylene glycol 25 % at 30 °C, water at 25 °C. */
    public static final double AIR = 1.184 * 1006 / 1000;

    public static final double GLYCOL = 1017 * 3930 / 1000.0;
    public static final double WATER = 997.05 * 4181.6 / 1000;

    private static final double AIR_KELVIN = 12; // of a CRAH at its rating
    private static final double GLYCOL_KELVIN = 10;
    private static final double WATER_KELVIN = 6;

    private static final double CONTROL_SECONDS = 60; // in which a deviation is to be gone
    private static final double LOOP_CELSIUS = 30;
    private static final double WATER_CELSIUS = 19;
    private static final double WATER_TO_AIR = 2; // the air is at least so much warmer than the water
    private static final double WATER_TO_LOOP = 4;
    private static final double EVAPORATION = 2.45e6; // J per litre of water

    private final int units;
    private final double[] ratedElectricalWatts;
    private final UnitGroup air;
    private final UnitGroup liquid;
    private final UnitGroup chillers;
    private final double airShare;
    private final double airSetPoint;
    private final double airJoulesPerKelvin;
    private final double loopJoulesPerKelvin;
    private final double waterJoulesPerKelvin;

    private double airCelsius;
    private double loopCelsius = LOOP_CELSIUS;
    private double waterCelsius = WATER_CELSIUS;

    private final double[] electricalWatts;
    private final double[] supplyCelsius;
    private final double[] returnCelsius;
    private final double[] flow;
    private final double[] speed;
    private final double[] millilitresPerSecond;
    private final CoolingState[] states;

    public HallCooling(Hall hall) {
        this.units = hall.coolingUnits().size();
        this.ratedElectricalWatts = hall.coolingUnits().stream()
                .mapToDouble(CoolingUnit::ratedElectricalWatts)
                .toArray();
        this.air = new UnitGroup(CoolingKind.CRAH, hall.coolingUnits());
        this.liquid = new UnitGroup(CoolingKind.CDU, hall.coolingUnits());
        this.chillers = new UnitGroup(CoolingKind.CHILLER, hall.coolingUnits());
        double both = air.designWatts() + liquid.designWatts();
        this.airShare = liquid.isEmpty() || both == 0 ? 1 : air.designWatts() / both;
        AshraeClass ashrae = hall.ashrae();
        this.airSetPoint = ashrae.recommendedMinCelsius()
                + 0.35 * (ashrae.recommendedMaxCelsius() - ashrae.recommendedMinCelsius());
        this.airCelsius = airSetPoint;
        double design = Math.max(hall.designItWatts(), 1000);
        this.airJoulesPerKelvin = Math.max(design * airShare, 1000) * 60 / 6; // 6 K a minute with no air cooling at all
        this.loopJoulesPerKelvin = Math.max(design * (1 - airShare), 1000) * 60 / 4;
        this.waterJoulesPerKelvin = design * 60 / 3;
        this.electricalWatts = new double[units];
        this.supplyCelsius = new double[units];
        this.returnCelsius = new double[units];
        this.flow = new double[units];
        this.speed = new double[units];
        this.millilitresPerSecond = new double[units];
        this.states = new CoolingState[units];
    }

    /**
     * Moves on.
     *
     * @param itWatts        of the hall's racks
     * @param outdoorCelsius dry bulb
     * @param failed         by place in the hall's list of units
     * @param seconds        at most half a minute
     */
    public void step(double itWatts, double outdoorCelsius, boolean[] failed, double seconds) {
        fail(air, failed);
        fail(liquid, failed);
        fail(chillers, failed);
        double airHeat = itWatts * airShare + drawn(air);
        double loopHeat = itWatts * (1 - airShare);

        double airGoal = Math.max(airSetPoint, chillers.isEmpty() ? airSetPoint : waterCelsius + WATER_TO_AIR);
        double loopGoal = Math.max(LOOP_CELSIUS, chillers.isEmpty() ? LOOP_CELSIUS : waterCelsius + WATER_TO_LOOP);
        double airOut = carry(air, airHeat, airCelsius - airGoal, airJoulesPerKelvin, seconds);
        double loopOut = carry(liquid, loopHeat, loopCelsius - loopGoal, loopJoulesPerKelvin, seconds);
        airCelsius += (airHeat - airOut) * seconds / airJoulesPerKelvin;
        loopCelsius += (loopHeat - loopOut) * seconds / loopJoulesPerKelvin;

        double waterHeat = airOut + loopOut + drawn(liquid);
        double waterOut = carry(chillers, waterHeat, waterCelsius - WATER_CELSIUS, waterJoulesPerKelvin, seconds);
        waterCelsius = chillers.isEmpty()
                ? WATER_CELSIUS
                : Math.min(60, waterCelsius + (waterHeat - waterOut) * seconds / waterJoulesPerKelvin);

        tell(air, airCelsius, AIR, AIR_KELVIN, outdoorCelsius);
        tell(liquid, loopCelsius, GLYCOL, GLYCOL_KELVIN, outdoorCelsius);
        tell(chillers, waterCelsius, WATER, WATER_KELVIN, outdoorCelsius);
    }

    /** What the racks breathe, before what each place in the hall adds. */
    public double airCelsius() {
        return airCelsius;
    }

    /** Part of the racks' heat that goes into the air. */
    public double airShare() {
        return airShare;
    }

    public double electricalWatts(int unit) {
        return electricalWatts[unit];
    }

    public double supplyCelsius(int unit) {
        return supplyCelsius[unit];
    }

    public double returnCelsius(int unit) {
        return returnCelsius[unit];
    }

    /** Of air, coolant or water, L/s. */
    public double flow(int unit) {
        return flow[unit];
    }

    /** Fan or pump, 0 to 1. */
    public double speed(int unit) {
        return speed[unit];
    }

    public double millilitresPerSecond(int unit) {
        return millilitresPerSecond[unit];
    }

    public CoolingState state(int unit) {
        return states[unit];
    }

    private static void fail(UnitGroup group, boolean[] failed) {
        for (int i = 0; i < group.units.length; i++) {
            group.failed[i] = failed[group.units[i]];
        }
    }

    private static double carry(UnitGroup group, double heat, double tooWarm, double joulesPerKelvin, double seconds) {
        double wanted = heat + tooWarm * joulesPerKelvin / CONTROL_SECONDS;
        if (group.isEmpty()) {
            return wanted;
        }
        double boost = 1 + Math.clamp(tooWarm / 15, 0, 0.3); // a coil carries more the warmer the return
        return group.remove(wanted, boost, seconds);
    }

    private double drawn(UnitGroup group) {
        double sum = 0;
        for (int unit : group.units) {
            sum += electricalWatts[unit];
        }
        return sum;
    }

    private void tell(UnitGroup group, double supply, double perLitreAndKelvin, double ratedKelvin, double outdoor) {
        for (int i = 0; i < group.units.length; i++) {
            int unit = group.units[i];
            double duty = group.dutyWatts[i];
            double load = duty / group.ratedWatts[i];
            boolean runs = load > 0.001;
            states[unit] = group.failed[i]
                    ? CoolingState.FAILED
                    : group.standsBy(i) && !runs ? CoolingState.STANDBY : CoolingState.RUNNING;
            speed[unit] = runs ? Math.clamp(load, 0.3, 1) : 0;
            flow[unit] = speed[unit] * group.ratedWatts[i] / (perLitreAndKelvin * ratedKelvin);
            supplyCelsius[unit] = supply;
            returnCelsius[unit] = runs ? supply + duty / (flow[unit] * perLitreAndKelvin) : supply;
            electricalWatts[unit] = ratedElectricalWatts[unit] * drawnRatio(group.kind, load, speed[unit], outdoor);
            millilitresPerSecond[unit] = group.kind == CoolingKind.CHILLER && runs
                    ? 1000 * (duty + electricalWatts[unit]) * wettedShare(outdoor) / EVAPORATION
                    : 0;
        }
    }

    /** What a unit draws, as part of its rating. Fans and pumps by the cube of speed; a compressor by load and by how much colder than the weather its water is. */
    private static double drawnRatio(CoolingKind kind, double load, double speed, double outdoor) {
        double cube = speed * speed * speed;
        if (speed == 0) {
            return 0.005; // controls
        }
        return switch (kind) {
            case CRAH -> 0.04 + 0.96 * cube;
            case CDU -> 0.10 + 0.90 * cube;
            case CHILLER -> {
                double mechanical = mechanicalShare(outdoor);
                double lift = 0.55 + 0.45 * Math.clamp(outdoor / 35, 0.2, 1.2);
                yield 0.06 + 0.14 * load + mechanical * (0.10 + 0.70 * load * lift);
            }
        };
    }

    /** Part of the heat for which the compressor is needed: none while a dry cooler does it (8 °C), all from 16 °C. */
    static double mechanicalShare(double outdoorCelsius) {
        return Math.clamp((outdoorCelsius - 8) / 8, 0, 1);
    }

    /** Part of the heat that leaves by evaporation: the coolers are wetted on warm days. */
    static double wettedShare(double outdoorCelsius) {
        return 0.03 + Math.clamp((outdoorCelsius - 18) / 20, 0, 0.6);
    }

    public void save(DataOutput out) throws IOException {
        out.writeDouble(airCelsius);
        out.writeDouble(loopCelsius);
        out.writeDouble(waterCelsius);
        for (double watts : electricalWatts) {
            out.writeDouble(watts);
        }
        air.save(out);
        liquid.save(out);
        chillers.save(out);
    }

    public void load(DataInput in) throws IOException {
        airCelsius = in.readDouble();
        loopCelsius = in.readDouble();
        waterCelsius = in.readDouble();
        for (int i = 0; i < units; i++) {
            electricalWatts[i] = in.readDouble();
        }
        air.load(in);
        liquid.load(in);
        chillers.load(in);
    }
}
