package io.hallwatt.contract.site;

import io.hallwatt.contract.yaml.YamlSection;
import java.time.Duration;

/**
 * What racks, cooling units and sources say of their meter alike: {@code register-modulus-wh}, {@code register-resolution-wh} and {@code report-interval}.
 *
 * @param modulusMilliwattHours what the energy register wraps at
 * @param resolutionMilliwattHours one count of it: it cannot tell less, and may be a count or two off
 * @param reportInterval        how often it reports
 */
record Meter(long modulusMilliwattHours, long resolutionMilliwattHours, Duration reportInterval) {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    static Meter read(YamlSection section) {
        Register register = Register.read(section, Register.Counted.ENERGY);
        return new Meter(register.modulus(), register.resolution(), interval(section));
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
