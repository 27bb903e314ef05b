package io.hallwatt.benchmarks.meter;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Looks at every thread ten times a second and adds up, by part of the process, what it used: CPU time and bytes allocated. The virtual machine's own threads
 * (collector, compiler) are not among Java's and are asked of the operating system, where that is Linux. What the process used beyond all of them is {@link Part#OTHER}.
 */
public final class Meter implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final VmThreads vmThreads = new VmThreads();
    private final Map<Long, Seen> seen = new HashMap<>();
    private final EnumMap<Part, Long> cpu = new EnumMap<>(Part.class);
    private final EnumMap<Part, Long> allocated = new EnumMap<>(Part.class);
    private final Map<String, Long> unnamed = new HashMap<>();
    private final Runnable alsoEachLook;
    private final Thread thread;
    private volatile boolean stopping;

    private static final class Seen {
        final Part part;
        final String name;
        long cpu;
        long allocated;

        Seen(Part part, String name) {
            this.part = part;
            this.name = name;
        }
    }

    /** @param alsoEachLook what else is to be looked at ten times a second */
    public Meter(Runnable alsoEachLook) {
        this.alsoEachLook = alsoEachLook;
        this.thread = Thread.ofPlatform().daemon().name("hallwatt-bench-meter").start(this::run);
    }

    /** Up to now, since the process started. */
    public synchronized Usage usage() {
        look();
        EnumMap<Part, Long> all = new EnumMap<>(cpu);
        vmThreads.addTo(all);
        long known = all.values().stream().mapToLong(Long::longValue).sum();
        all.merge(Part.OTHER, process.getProcessCpuTime() - known, Long::sum);
        long gcMillis = 0;
        long gcCount = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            gcMillis += collector.getCollectionTime();
            gcCount += collector.getCollectionCount();
        }
        return new Usage(System.nanoTime(), all, allocated, gcMillis, gcCount, Machine.busyNanos());
    }

    /** CPU time, ns, of the threads whose names say nothing, by name: to see what {@link Part#OTHER} is. */
    public synchronized Map<String, Long> unnamed() {
        return new HashMap<>(unnamed);
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!stopping) {
                look();
                alsoEachLook.run();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        long[] ids = threads.getAllThreadIds();
        long[] cpuNow = threads.getThreadCpuTime(ids);
        long[] allocatedNow = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            if (cpuNow[i] < 0) {
                continue; // it ended meanwhile
            }
            Seen one = seen.get(ids[i]);
            if (one == null) {
                ThreadInfo info = threads.getThreadInfo(ids[i]);
                if (info == null) {
                    continue;
                }
                one = new Seen(Part.ofThread(info.getThreadName()), info.getThreadName());
                seen.put(ids[i], one);
            }
            cpu.merge(one.part, cpuNow[i] - one.cpu, Long::sum);
            allocated.merge(one.part, Math.max(0, allocatedNow[i]) - one.allocated, Long::sum);
            if (one.part == Part.OTHER) {
                unnamed.merge(one.name, cpuNow[i] - one.cpu, Long::sum);
            }
            one.cpu = cpuNow[i];
            one.allocated = Math.max(0, allocatedNow[i]);
        }
        vmThreads.look();
    }
}
