package io.hallwatt.benchmarks.peers;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** As {@link PlainReport}, with what a rack does not say told from zero: NaN. Volts, registers and humidity are no part of what is computed. */
@JsonIgnoreProperties(ignoreUnknown = true)
final class FullReport {
    public String rack = "";
    public long sequence;
    public @Nullable Feed feedA;
    public @Nullable Feed feedB;
    public @Nullable Inlet inlet;
    public double outletCelsius = Double.NaN;

    @Nullable
    Feed feed(int feed) {
        return feed == 0 ? feedA : feedB;
    }

    /** With one value a phase. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Feed {
        public double[] amps = {};
        public double[] watts = {};
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Inlet {
        public double topCelsius = Double.NaN;
        public double middleCelsius = Double.NaN;
        public double bottomCelsius = Double.NaN;

        double[] sensors() {
            return new double[] {topCelsius, middleCelsius, bottomCelsius};
        }
    }
}
