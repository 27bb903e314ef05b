package io.hallwatt.benchmarks.meter;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the parts of the process used since it started, or between two moments.
 *
 * @param nanos         since an arbitrary moment
 * @param cpuNanos      by part
 * @param allocated     bytes on the heap, by part
 * @param gcMillis      time in collections
 * @param gcCount       collections
 * @param machineNanos  CPU time of everything on the machine; 0 where it does not say
 */
public record Usage(
        long nanos,
        Map<Part, Long> cpuNanos,
        Map<Part, Long> allocated,
        long gcMillis,
        long gcCount,
        long machineNanos) {
    public Usage {
        cpuNanos = Collections.unmodifiableMap(new EnumMap<>(cpuNanos));
        allocated = Collections.unmodifiableMap(new EnumMap<>(allocated));
    }

    public Usage since(Usage earlier) {
        return new Usage(
                nanos - earlier.nanos,
                minus(cpuNanos, earlier.cpuNanos),
                minus(allocated, earlier.allocated),
                gcMillis - earlier.gcMillis,
                gcCount - earlier.gcCount,
                machineNanos - earlier.machineNanos);
    }

    public double seconds() {
        return nanos / 1e9;
    }

    public double cpuSeconds(Part part) {
        return cpuNanos.getOrDefault(part, 0L) / 1e9;
    }

    /** Of the whole process. */
    public double cpuSeconds() {
        return cpuNanos.values().stream().mapToLong(Long::longValue).sum() / 1e9;
    }

    public long allocatedBytes(Part part) {
        return allocated.getOrDefault(part, 0L);
    }

    /** Cores that other programs kept busy meanwhile. */
    public double coresOfOthers() {
        return machineNanos == 0 ? 0 : Math.max(0, machineNanos / 1e9 - cpuSeconds()) / seconds();
    }

    private static Map<Part, Long> minus(Map<Part, Long> now, Map<Part, Long> then) {
        Map<Part, Long> difference = new EnumMap<>(Part.class);
        now.forEach((part, value) -> difference.put(part, value - then.getOrDefault(part, 0L)));
        return difference;
    }
}
