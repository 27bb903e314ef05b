package io.hallwatt.aggregate.hall;

import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.site.CoolingUnit;
import java.util.Arrays;

/** A cooling unit's reading in whole numbers, one a channel, each holding until the next reading as power does. */
final class CoolingSample {
    /** Electrical power, mW. */
    static final int ELECTRICAL = 0;
    /** Heat taken up, mW. */
    static final int HEAT = 1;
    /** mL/s, while the difference of temperatures is known too or nothing flows: the weight of {@link #FLOW_DELTA}. */
    static final int FLOW = 2;
    /** Flow times difference of temperatures, L/s · mK; 0 while nothing flows. */
    static final int FLOW_DELTA = 3;
    /** Return less supply while there is flow, mK. */
    static final int DELTA = 4;
    /** 1 while return is colder than supply with flow, else 0. */
    static final int BACKWARDS = 5;

    static final int CHANNELS = 6;

    /** No unit moves more; what says so is no reading of a flow. */
    private static final double MOST_LITRES_PER_SECOND = 1e6;

    private static final double MOST_KELVIN = 200;
    private static final double MOST_WATTS = 1e9;

    private CoolingSample() {}

    static void of(CoolingReading reading, CoolingUnit unit, long[] values) {
        Arrays.fill(values, ABSENT);
        Double watts = reading.electricalWatts();
        if (watts != null) {
            values[ELECTRICAL] = Math.round(watts * 1000);
        }
        Double litres = reading.flowLitresPerSecond();
        if (litres == null || !(litres >= 0 && litres <= MOST_LITRES_PER_SECOND)) {
            return;
        }
        values[BACKWARDS] = 0;
        if (litres == 0) {
            values[FLOW] = 0;
            values[FLOW_DELTA] = 0;
            values[HEAT] = 0; // whatever the temperatures are
            return;
        }
        Double supply = reading.supplyCelsius();
        Double back = reading.returnCelsius();
        if (supply == null || back == null || Math.abs(back - supply) > MOST_KELVIN) {
            return;
        }
        double delta = back - supply;
        values[FLOW] = Math.round(litres * 1000);
        values[DELTA] = Math.round(delta * 1000);
        values[FLOW_DELTA] = Math.round(litres * delta * 1000);
        values[BACKWARDS] = delta < 0 ? 1 : 0;
        double heat = CoolingFigures.heatWatts(unit.medium(), litres, delta);
        if (delta >= 0 && heat <= MOST_WATTS) {
            values[HEAT] = Math.round(heat * 1000);
        }
    }
}
