package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.config.Doc;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.ingest.simulate.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator can be told.
 *
 * @param start  absent: now, as the caller of {@link Simulation#begin} has it
 * @param length absent: without end
 */
public record SimulationConfig(
        @Doc("The same seed gives the same readings, byte for byte")
        long seed,

        @Doc("Reports per device and second, 0.1 to 10") double rateHz,

        @Doc("First simulated instant; default now") @Nullable
        Instant start,

        @Doc("How much time to simulate; default without end") @Nullable
        Duration length,

        @Doc("How simulated time follows the clock: real time, accelerated, as fast as possible")
        Pace pace,

        @Doc("What goes wrong and when; default nothing") Scenario scenario) {

    public static final SimulationConfig DEFAULTS =
            new SimulationConfig(1, 1, null, null, Pace.REAL_TIME, Scenario.NONE);

    public SimulationConfig {
        new Faults("simulation")
                .unless(rateHz >= 0.1 && rateHz <= 10, "rate is %s Hz; give 0.1 to 10 (default 1)", rateHz)
                .unless(
                        length == null || length.isPositive(),
                        "length is %s; give more than 0s, or none",
                        String.valueOf(length))
                .throwIfAny();
    }

    public SimulationConfig withSeed(long seed) {
        return new SimulationConfig(seed, rateHz, start, length, pace, scenario);
    }

    public SimulationConfig withRateHz(double rateHz) {
        return new SimulationConfig(seed, rateHz, start, length, pace, scenario);
    }

    public SimulationConfig withStart(@Nullable Instant start) {
        return new SimulationConfig(seed, rateHz, start, length, pace, scenario);
    }

    public SimulationConfig withLength(@Nullable Duration length) {
        return new SimulationConfig(seed, rateHz, start, length, pace, scenario);
    }

    public SimulationConfig withPace(Pace pace) {
        return new SimulationConfig(seed, rateHz, start, length, pace, scenario);
    }

    public SimulationConfig withScenario(Scenario scenario) {
        return new SimulationConfig(seed, rateHz, start, length, pace, scenario);
    }
}
