package io.hallwatt.contract.site;

import io.hallwatt.contract.yaml.YamlSection;
import org.jspecify.annotations.Nullable;

/**
 * How a cooling unit's water register counts.
 *
 * @param modulusMillilitres    what it wraps at
 * @param resolutionMillilitres one count of it: 1,000 where it counts litres, 1,000,000 where it counts cubic metres
 */
public record WaterMeter(long modulusMillilitres, long resolutionMillilitres) {
    /** What is taken for granted where nothing is said: it counts litres and never wraps. */
    static final WaterMeter USUAL = new WaterMeter(Register.NEVER_WRAPS, Register.DEFAULT_RESOLUTION);

    /** Null where the section says nothing of it. */
    static @Nullable WaterMeter read(YamlSection section) {
        Register register = Register.read(section, Register.Counted.WATER);
        WaterMeter meter = new WaterMeter(register.modulus(), register.resolution());
        return meter.equals(USUAL) ? null : meter;
    }
}
