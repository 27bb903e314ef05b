package io.hallwatt.contract;

import java.time.Instant;

/** The span [start, end) of event time, aligned to UTC. */
public record Window(Instant start, Resolution resolution) implements Comparable<Window> {
    public Window {
        if (!start.equals(Instant.ofEpochMilli(resolution.startMillis(start.toEpochMilli())))) {
            throw new IllegalArgumentException(
                    "a window of %s cannot start at %s: not aligned".formatted(resolution.text(), start));
        }
    }

    public Instant end() {
        return start.plus(resolution.length());
    }

    public Window next() {
        return new Window(end(), resolution);
    }

    public boolean contains(Instant at) {
        return !at.isBefore(start) && at.isBefore(end());
    }

    /** By start, then the shorter first. */
    @Override
    public int compareTo(Window other) {
        int byStart = start.compareTo(other.start);
        return byStart != 0 ? byStart : resolution.compareTo(other.resolution);
    }
}
