package io.hallwatt.contract;

import org.jspecify.annotations.Nullable;

/** Air at the rack's intake, °C; what the rack does not measure is absent. */
public record InletTemperatures(
        @Nullable Double topCelsius,
        @Nullable Double middleCelsius,
        @Nullable Double bottomCelsius) {}
