package io.hallwatt.benchmarks.meter;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where figures were measured.
 *
 * @param loadBefore one-minute load average before the run
 */
public record Machine(
        int cores, long memoryBytes, String os, String java, String collector, long heapLimitBytes, double loadBefore) {
    private static final Path STAT = Path.of("/proc/stat");
    /** USER_HZ, the same on every Linux that Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    public static Machine here() {
        OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                os.getAvailableProcessors(),
                os.getTotalMemorySize(),
                os.getName() + " " + os.getArch(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(collector -> collector.getName())
                        .sorted()
                        .reduce((a, b) -> a + ", " + b)
                        .orElse(""),
                Runtime.getRuntime().maxMemory(),
                os.getSystemLoadAverage());
    }

    /** CPU time, ns, that everything on the machine has used; 0 where that is not told. */
    static long busyNanos() {
        try {
            List<String> lines = Files.readAllLines(STAT, StandardCharsets.US_ASCII);
            // cpu user nice system idle iowait irq softirq steal …
            String[] words = lines.getFirst().trim().split("\\s+", -1);
            long busy = 0;
            for (int i = 1; i <= 8; i++) {
                busy += i == 4 || i == 5 ? 0 : Long.parseLong(words[i]);
            }
            return busy * NANOS_PER_TICK;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
