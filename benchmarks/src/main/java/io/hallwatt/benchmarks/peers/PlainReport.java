package io.hallwatt.benchmarks.peers;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** A rack's report as one first writes it down for Jackson. */
@JsonIgnoreProperties(ignoreUnknown = true)
final class PlainReport {
    public String site = "";
    public String hall = "";
    public String rack = "";
    public String at = "";
    public long sequence;
    public @Nullable Feed feedA;
    public @Nullable Feed feedB;
    public @Nullable Inlet inlet;
    public double outletCelsius;
    public double humidityPercent;

    /** With one value a phase. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Feed {
        public long registerMilliwattHours;
        public double[] volts = {};
        public double[] amps = {};
        public double[] watts = {};
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Inlet {
        public double topCelsius;
        public double middleCelsius;
        public double bottomCelsius;

        double hottest() {
            return Math.max(topCelsius, Math.max(middleCelsius, bottomCelsius));
        }
    }
}
