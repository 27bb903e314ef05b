package io.hallwatt.benchmarks.peers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's rate on the same broker and records.
 *
 * @param name                       {@code kafka-streams-dsl}
 * @param reportsPerSecond           that it wrote or read
 * @param seconds                    that it was measured
 * @param cpuSecondsPerMillionPoints of its own threads; of its process where it ran as one, start included
 * @param processCpuSecondsPerMillionPoints of this process meanwhile: broker, collector and compiler too; absent where it was another process
 * @param cpuMicrosecondsPerReading  of its own threads, by readings of every kind: the smaller a site, the more of them are of cooling and supply; absent where it reads reports of racks alone
 * @param ratios                     this rate divided by that of others, by their names
 * @param how                        what was run
 */
public record Peer(
        String name,
        long reportsPerSecond,
        double seconds,
        @Nullable Double cpuSecondsPerMillionPoints,
        @Nullable Double processCpuSecondsPerMillionPoints,
        @Nullable Double cpuMicrosecondsPerReading,
        Map<String, Double> ratios,
        String how) {
    public Peer {
        ratios = Collections.unmodifiableMap(new LinkedHashMap<>(ratios));
    }

    /** For people: {@code 1.9 × kafka-streams-dsl}. */
    public String compared() {
        return ratios.entrySet().stream()
                .map(ratio -> "%.2f × %s".formatted(ratio.getValue(), ratio.getKey()))
                .collect(Collectors.joining(", "));
    }
}
