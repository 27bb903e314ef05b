package io.hallwatt.aggregate.hall;

import io.hallwatt.aggregate.rack.RackSums;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** One hall over a minute or longer, added up from closed seconds. */
final class HallSpan {
    static final long NO_LEAST = Long.MAX_VALUE;
    static final long NO_LARGEST = Long.MIN_VALUE;

    final RackSums racks;
    final CoolingSums cooling;
    /** Least and largest IT power of a second, mW. */
    long least = NO_LEAST;

    long largest = NO_LARGEST;

    /** What racks without a reading last said, where that holds at the span's end; null where there is none. Never part of a longer span's sums. */
    private @Nullable RackSums held;

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
        held = shorter.held; // spans come in order: at this one's end holds what holds at its last part's end
    }

    /** At the span's end: keeps what still holds of the racks that said nothing in it. */
    void hold(RackSums latest, IntPredicate holds) {
        RackSums filled = new RackSums(latest.racks());
        held = filled.fill(latest, r -> holds.test(r) && !racks.spoke(r)) ? filled : null;
    }

    /** The racks as they are published: those without a reading as they last were. */
    RackSums shown() {
        RackSums holding = held;
        if (holding == null) {
            return racks;
        }
        RackSums shown = new RackSums(0);
        shown.add(racks);
        shown.fill(holding, holding::held);
        return shown;
    }

    void write(StateWriter out) {
        racks.write(out);
        cooling.write(out);
        out.integerOr(least, NO_LEAST);
        out.integerOr(largest, NO_LARGEST);
        RackSums holding = held;
        out.flag(holding != null);
        if (holding != null) {
            holding.write(out);
        }
    }

    static HallSpan read(StateReader in) {
        HallSpan span = new HallSpan(RackSums.read(in), CoolingSums.read(in));
        span.least = in.integerOr(NO_LEAST);
        span.largest = in.integerOr(NO_LARGEST);
        span.held = in.flag() ? RackSums.read(in) : null;
        return span;
    }
}
