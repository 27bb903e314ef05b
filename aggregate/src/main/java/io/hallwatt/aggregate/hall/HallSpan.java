package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.rack.RackSums;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;

/** One hall over a minute or longer, added up from closed seconds. */
final class HallSpan {
    static final long NO_LEAST = Long.MAX_VALUE;
    static final long NO_LARGEST = Long.MIN_VALUE;

    final RackSums racks;
    final CoolingSums cooling;
    /** Least and largest IT power of a second, mW. */
    long least = NO_LEAST;

    long largest = NO_LARGEST;

    HallSpan(int racks, int units) {
        this(new RackSums(racks), new CoolingSums(units));
    }

    private HallSpan(RackSums racks, CoolingSums cooling) {
        this.racks = racks;
        this.cooling = cooling;
    }

    void add(RackSums closedRacks, CoolingSums closedCooling, long leastMilliwatts, long largestMilliwatts) {
        racks.add(closedRacks);
        cooling.add(closedCooling);
        least = Math.min(least, leastMilliwatts);
        largest = Math.max(largest, largestMilliwatts);
    }

    void add(HallSpan shorter) {
        add(shorter.racks, shorter.cooling, shorter.least, shorter.largest);
    }

    void write(StateWriter out) {
        racks.write(out);
        cooling.write(out);
        out.integerOr(least, NO_LEAST);
        out.integerOr(largest, NO_LARGEST);
    }

    static HallSpan read(StateReader in) {
        HallSpan span = new HallSpan(RackSums.read(in), CoolingSums.read(in));
        span.least = in.integerOr(NO_LEAST);
        span.largest = in.integerOr(NO_LARGEST);
        return span;
    }
}
