package io.hallwatt.app.summary;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run, in the form and order of its JSON. What cannot be known is null: a share of no load, a latency of nothing.
 *
 * @param readings      of this run
 * @param aggregated    of this run; its three figures add up to the accepted readings
 * @param energy        since the data directory was new; registers = hourly + open
 * @param renewable     since the data directory was new
 * @param windows       hall windows closed in this run by their length; of hours, those of energy
 * @param alerts        transitions of this run, by rule
 * @param lag           records that aggregate had not yet read
 * @param latencyMillis of this run, of live readings only
 * @param heapMaxBytes  most that was in use, looked at once a second
 * @param total         readings since the data directory was new
 */
public record Summary(
        Readings readings,
        Aggregated aggregated,
        Energy energy,
        Renewable renewable,
        Map<String, Long> windows,
        List<Alert> alerts,
        Lag lag,
        Latencies latencyMillis,
        Startup startup,
        long heapMaxBytes,
        Aggregated total) {
    public Summary {
        windows = Collections.unmodifiableMap(new LinkedHashMap<>(windows));
        alerts = List.copyOf(alerts);
    }

    /** What ingest counted: sent = accepted + rejected. */
    public record Readings(long sent, long accepted, SortedMap<String, Long> rejected) {
        public Readings {
            rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        }
    }

    /** What aggregate counted. */
    public record Aggregated(long readings, long duplicates, long late) {
        public Aggregated minus(Aggregated earlier) {
            return new Aggregated(readings - earlier.readings, duplicates - earlier.duplicates, late - earlier.late);
        }

        public long sum() {
            return readings + duplicates + late;
        }
    }

    /** Milliwatt-hours. */
    public record Energy(
            long registersMilliwattHours,
            long hourlyMilliwattHours,
            long openMilliwattHours,
            long estimatedMilliwattHours) {}

    /**
     * Renewable supply against load, hour by hour; sums are over counted hours.
     *
     * @param loadOf              what was taken for the load; null where no hour's load is known
     * @param hourlyShare         matched / load, 12 decimals
     * @param annualShare         supply / load, at most 1, 12 decimals
     * @param residualCarbonGrams carbon of the load that is not matched, by the grid's intensity of its hour; null where that is not known
     * @param hoursWithoutSupply  hours whose load is known and whose supply is not
     */
    public record Renewable(
            @Nullable LoadOf loadOf,
            long loadMilliwattHours,
            long supplyMilliwattHours,
            long matchedMilliwattHours,
            @Nullable BigDecimal hourlyShare,
            @Nullable BigDecimal annualShare,
            long surplusMilliwattHours,
            long residualMilliwattHours,
            @Nullable BigDecimal residualCarbonGrams,
            int hoursCounted,
            int hoursWithoutSupply,
            int hoursWithSurplus,
            int hoursWithDeficit,
            @Nullable String firstHour,
            @Nullable String lastHour,
            List<Month> months) {
        public Renewable {
            months = List.copyOf(months);
        }
    }

    /** What a site's load is read from. In the JSON: {@code "facility"} or {@code "it+cooling"}. */
    public enum LoadOf {
        /** The site's own meters: grid import, on-site generation and battery discharge, less charge and export. */
        FACILITY("facility"),
        /** The meters in the halls: the site has none at its grid connection. */
        HALLS("it+cooling");

        private final String text;

        LoadOf(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }

    /** The same by month, UTC: {@code 2024-01}. */
    public record Month(
            String month,
            int hours,
            int hoursWithoutSupply,
            long loadMilliwattHours,
            long supplyMilliwattHours,
            long matchedMilliwattHours) {}

    /** Transitions of one rule into each state; resolved: what had fired is over, also after it could not be seen for a while. */
    public record Alert(String rule, long pending, long firing, long resolved) {}

    /** Records. */
    public record Lag(long max, long end) {}

    /** From a reading's time to when a reader of committed records has what it led to. */
    public record Latencies(Latency readingToHallMetric, Latency readingToAlert) {}

    /** Milliseconds; null where nothing was measured. */
    public record Latency(
            @Nullable Long p50,
            @Nullable Long p99,
            @Nullable Long max) {
        public static final Latency NONE = new Latency(null, null, null);
    }

    /** From the start of the JVM; null where there was none. */
    public record Startup(@Nullable Long firstHallMetricMillis) {}
}
