package io.hallwatt.aggregate.streams;

import io.hallwatt.aggregate.AggregateCounts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where tasks hang out what they have committed, for whoever asks, from any thread. */
public final class CountsBoard {
    private final Map<String, AggregateCounts> tasks = new ConcurrentHashMap<>();
    /** By site/hall: end of the newest closed second, epoch ms. */
    private final Map<String, Long> watermarks = new ConcurrentHashMap<>();

    private volatile boolean closing;

    void publish(String task, AggregateCounts counts) {
        tasks.put(task, counts);
    }

    void watermark(String hall, long closedUntil) {
        watermarks.put(hall, closedUntil);
    }

    /** The site model no longer has the hall: nobody waits for it. */
    void noWatermark(String hall) {
        watermarks.remove(hall);
    }

    /** The task went elsewhere; when the whole stage ends, its last word stays. */
    void leave(String task) {
        if (!closing) {
            tasks.remove(task);
        }
    }

    /** The stage ends: what tasks committed last stays. */
    public void closing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** Of all tasks. */
    public AggregateCounts total() {
        return tasks.values().stream().reduce(AggregateCounts.NONE, AggregateCounts::plus);
    }

    /** A live view, by site/hall: end of the newest closed second, epoch ms. */
    public Map<String, Long> watermarks() {
        return watermarks;
    }
}
