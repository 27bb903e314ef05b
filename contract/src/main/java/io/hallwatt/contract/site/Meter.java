package io.hallwatt.contract.site;

import io.hallwatt.contract.yaml.YamlSection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * What racks, cooling units and sources say of their meter alike: {@code register-modulus-wh}, {@code register-resolution-wh} and {@code report-interval}.
 *
 * @param modulusMilliwattHours what the energy register wraps at
 * @param resolutionMilliwattHours one count of it: it cannot tell less, and may be a count or two off
 * @param reportInterval        how often it reports
 */
record Meter(long modulusMilliwattHours, long resolutionMilliwattHours, Duration reportInterval) {
    /** A register that wraps at 10¹⁸ mWh never does: at 386 MW it takes 295,000 years. */
    static final long NEVER_WRAPS = 1_000_000_000_000_000_000L;

    /** Most meters count whole watt-hours. */
    private static final long DEFAULT_RESOLUTION = 1_000;

    private static final long COARSEST_RESOLUTION = 1_000_000_000;

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    static Meter read(YamlSection section) {
        long modulus = modulus(section);
        return new Meter(modulus, resolution(section, modulus), interval(section));
    }

    private static long resolution(YamlSection section, long modulus) {
        Optional<BigDecimal> wattHours = section.optionalDecimal("register-resolution-wh");
        if (wattHours.isEmpty()) {
            return DEFAULT_RESOLUTION;
        }
        BigDecimal milliwattHours = wattHours.get().movePointRight(3);
        BigDecimal coarsest = BigDecimal.valueOf(Math.min(COARSEST_RESOLUTION, modulus / 100));
        if (milliwattHours.signum() <= 0 || milliwattHours.compareTo(coarsest) > 0) {
            section.fault(
                    "register-resolution-wh",
                    "%s is out of range: 0.001 to %s (1 MWh, and a hundredth of what the register wraps at); default 1",
                    wattHours.get().toString(),
                    coarsest.movePointLeft(3).stripTrailingZeros().toPlainString());
            return DEFAULT_RESOLUTION;
        }
        if (milliwattHours.setScale(0, RoundingMode.DOWN).compareTo(milliwattHours) != 0) {
            section.fault(
                    "register-resolution-wh",
                    "%s Wh is no whole number of mWh",
                    wattHours.get().toString());
            return DEFAULT_RESOLUTION;
        }
        return milliwattHours.longValue();
    }

    private static long modulus(YamlSection section) {
        Optional<BigDecimal> wattHours = section.optionalDecimal("register-modulus-wh");
        if (wattHours.isEmpty()) {
            return NEVER_WRAPS;
        }
        BigDecimal milliwattHours = wattHours.get().movePointRight(3);
        if (milliwattHours.compareTo(BigDecimal.valueOf(1_000_000)) < 0
                || milliwattHours.compareTo(BigDecimal.valueOf(NEVER_WRAPS)) > 0) {
            section.fault(
                    "register-modulus-wh",
                    "%s is out of range: 1000 to 1e15; leave the key out where the register never wraps",
                    wattHours.get().toString());
            return NEVER_WRAPS;
        }
        if (milliwattHours.setScale(0, RoundingMode.DOWN).compareTo(milliwattHours) != 0) {
            section.fault(
                    "register-modulus-wh",
                    "%s Wh is no whole number of mWh",
                    wattHours.get().toString());
        }
        return milliwattHours.longValue();
    }

    private static Duration interval(YamlSection section) {
        Duration interval = section.optionalDuration("report-interval").orElse(DEFAULT_INTERVAL);
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            section.fault(
                    "report-interval",
                    "%s is out of range: 10ms to 1d",
                    section.optionalScalar("report-interval").orElse(""));
            return DEFAULT_INTERVAL;
        }
        return interval;
    }
}
