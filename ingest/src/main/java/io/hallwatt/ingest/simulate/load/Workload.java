package io.hallwatt.ingest.simulate.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the racks that it is placed on do, all at once: their utilisation as part of peak power, a function of simulated time alone. Segments are written
 * as time goes on and forgotten when it has gone; who asks for a forgotten time has the script written again from its start, which gives the same.
 * For one thread.
 */
public final class Workload {
    private static final int MOST_KEPT = 512;

    /** Writes one segment after the other; {@code previous} is null for the first, which starts at 0. */
    interface Script {
        Segment next(@org.jspecify.annotations.Nullable Segment previous);
    }

    private final Supplier<Script> scripts;
    private final List<Segment> segments = new ArrayList<>();
    private Script script;
    private int current;

    Workload(Supplier<Script> scripts) {
        this.scripts = scripts;
        this.script = scripts.get();
        segments.add(script.next(null));
    }

    /** Part of the peak power at {@code t} ≥ 0 seconds, above 0 and seldom above 1. */
    public double level(double t) {
        return at(t).level(t);
    }

    /** ∫ level from 0 to {@code t}, in seconds at peak power. */
    public double integral(double t) {
        return at(t).integral(t);
    }

    private Segment at(double t) {
        Segment segment = segments.get(current);
        if (t >= segment.start() && t < segment.end()) {
            return segment;
        }
        return find(t);
    }

    private Segment find(double t) {
        if (t < segments.getFirst().start()) {
            segments.clear();
            script = scripts.get();
            segments.add(script.next(null));
            current = 0;
        }
        current = Math.min(current, segments.size() - 1);
        while (t < segments.get(current).start()) {
            current--;
        }
        while (t >= segments.get(current).end()) {
            if (current == segments.size() - 1) {
                write();
            } else {
                current++;
            }
        }
        return segments.get(current);
    }

    private void write() {
        segments.add(script.next(segments.getLast()));
        if (segments.size() > MOST_KEPT) {
            segments.subList(0, MOST_KEPT / 2).clear();
            current = segments.size() - 2;
        }
    }
}
