package io.hallwatt.benchmarks.meter;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** Heap in use: the most seen, and what was left after collections. */
public final class Heap implements AutoCloseable {
    private final Set<String> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
    private final NotificationListener listener = (notification, handback) -> collected(notification);
    private long max;
    private long afterGc;
    private long maxAfterGc;

    public Heap() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener(listener, null, null);
        }
    }

    /** Forgets what was. */
    public synchronized void begin() {
        max = 0;
        afterGc = 0;
        maxAfterGc = 0;
    }

    public synchronized void look() {
        max = Math.max(
                max, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    public synchronized long max() {
        return max;
    }

    /** After the last collection; 0 where there was none. */
    public synchronized long afterGc() {
        return afterGc;
    }

    public synchronized long maxAfterGc() {
        return maxAfterGc;
    }

    @Override
    public void close() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            try {
                ((NotificationEmitter) collector).removeNotificationListener(listener);
            } catch (javax.management.ListenerNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private synchronized void collected(Notification notification) {
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        var after = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                .getGcInfo()
                .getMemoryUsageAfterGc();
        long used = 0;
        for (var pool : after.entrySet()) {
            used += pools.contains(pool.getKey()) ? pool.getValue().getUsed() : 0;
        }
        afterGc = used;
        maxAfterGc = Math.max(maxAfterGc, used);
    }
}
