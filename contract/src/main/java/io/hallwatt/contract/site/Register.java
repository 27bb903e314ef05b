package io.hallwatt.contract.site;

import io.hallwatt.contract.yaml.YamlSection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How a register counts, in thousandths of the unit that the site file states it in.
 *
 * @param modulus    what it wraps at
 * @param resolution one count of it: it cannot tell less, and may be a count or two off
 */
record Register(long modulus, long resolution) {
    /** A register that wraps at 10¹⁸ mWh never does: at 386 MW it takes 295,000 years. */
    static final long NEVER_WRAPS = 1_000_000_000_000_000_000L;

    private static final long LEAST_MODULUS = 1_000_000;

    /** Most registers count whole watt-hours, or litres. */
    static final long DEFAULT_RESOLUTION = 1_000;

    /** What is counted, and the keys that say how. */
    enum Counted {
        ENERGY("register-modulus-wh", "register-resolution-wh", "Wh", "mWh", 1_000_000_000, "1 MWh"),
        WATER("water-modulus-l", "water-resolution-l", "L", "mL", 10_000_000, "10 m³");

        private final String modulusKey;
        private final String resolutionKey;
        private final String unit;
        private final String thousandth;
        private final long coarsest;
        private final String coarsestText;

        Counted(
                String modulusKey,
                String resolutionKey,
                String unit,
                String thousandth,
                long coarsest,
                String coarsestText) {
            this.modulusKey = modulusKey;
            this.resolutionKey = resolutionKey;
            this.unit = unit;
            this.thousandth = thousandth;
            this.coarsest = coarsest;
            this.coarsestText = coarsestText;
        }
    }

    static Register read(YamlSection section, Counted counted) {
        long modulus = modulus(section, counted);
        return new Register(modulus, resolution(section, counted, modulus));
    }

    private static long modulus(YamlSection section, Counted counted) {
        Optional<BigDecimal> written = section.optionalDecimal(counted.modulusKey);
        if (written.isEmpty()) {
            return NEVER_WRAPS;
        }
        BigDecimal thousandths = written.get().movePointRight(3);
        if (thousandths.compareTo(BigDecimal.valueOf(LEAST_MODULUS)) < 0
                || thousandths.compareTo(BigDecimal.valueOf(NEVER_WRAPS)) > 0) {
            section.fault(
                    counted.modulusKey,
                    "%s is out of range: 1000 to 1e15; leave the key out where the register never wraps",
                    written.get().toString());
            return NEVER_WRAPS;
        }
        wholeThousandths(section, counted, counted.modulusKey, written.get());
        return thousandths.longValue();
    }

    private static long resolution(YamlSection section, Counted counted, long modulus) {
        Optional<BigDecimal> written = section.optionalDecimal(counted.resolutionKey);
        if (written.isEmpty()) {
            return DEFAULT_RESOLUTION;
        }
        BigDecimal thousandths = written.get().movePointRight(3);
        BigDecimal coarsest = BigDecimal.valueOf(Math.min(counted.coarsest, modulus / 100));
        if (thousandths.signum() <= 0 || thousandths.compareTo(coarsest) > 0) {
            section.fault(
                    counted.resolutionKey,
                    "%s is out of range: 0.001 to %s (%s, and a hundredth of what the register wraps at); default 1",
                    written.get().toString(),
                    coarsest.movePointLeft(3).stripTrailingZeros().toPlainString(),
                    counted.coarsestText);
            return DEFAULT_RESOLUTION;
        }
        return wholeThousandths(section, counted, counted.resolutionKey, written.get())
                ? thousandths.longValue()
                : DEFAULT_RESOLUTION;
    }

    private static boolean wholeThousandths(YamlSection section, Counted counted, String key, BigDecimal written) {
        BigDecimal thousandths = written.movePointRight(3);
        boolean whole = thousandths.setScale(0, RoundingMode.DOWN).compareTo(thousandths) == 0;
        if (!whole) {
            section.fault(key, "%s %s is no whole number of %s", written.toString(), counted.unit, counted.thousandth);
        }
        return whole;
    }
}
