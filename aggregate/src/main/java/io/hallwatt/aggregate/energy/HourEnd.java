package io.hallwatt.aggregate.energy;

import io.hallwatt.contract.RegisterNote;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a closed hour: each meter's energy there and the readings around it, kept as long as a late reading may refine them; and what was seen
 * in the hour that ends here. A crossing is fixed once the reading after it is folded; until then the meter's {@link Track} gives it.
 */
final class HourEnd {
    private final long at;
    private final @Nullable Crossing[] fixed;
    private final long[] decided; // of those: time of the reading that bore out the one after the boundary
    private long @Nullable [] settled;
    final long[] bridged;
    final BitSet bridgedInPart = new BitSet();
    final Map<RegisterNote, Integer> notes = new EnumMap<>(RegisterNote.class);
    int revision;
    long digest;
    boolean dirty = true;

    HourEnd(long atMillis, int meters) {
        at = atMillis;
        fixed = new Crossing[meters];
        decided = new long[meters];
        bridged = new long[meters];
    }

    long at() {
        return at;
    }

    boolean open(int meter) {
        return fixed[meter] == null;
    }

    /** The crossing is known for good, but for late readings. */
    void fix(int meter, Track track) {
        fixed[meter] = track.crossing(at);
        decided[meter] = track.decided(at);
        dirty = true;
    }

    /** The meter's track gives the crossing. */
    void reopen(int meter) {
        fixed[meter] = null;
        dirty = true;
    }

    /** Time of the reading that bore out the one after the boundary, mostly that one's own; above all times where there is none yet. */
    long decided(int meter, Track track) {
        return open(meter) ? track.decided(at) : decided[meter];
    }

    Crossing crossing(int meter, Track track) {
        Crossing known = fixed[meter];
        Crossing crossing = known == null ? track.crossing(at) : known;
        return settled == null ? crossing : crossing.frozenAt(settled[meter]);
    }

    /** From now on the boundary's energy is final: the hour before it cannot be restated any more. */
    void settle(long[] energy) {
        settled = energy.clone();
        dirty = true;
    }

    /** More of a meter's energy was given to the hours before than when the boundary was settled. */
    void settleMore(int meter, long milliwattHours) {
        if (settled != null) {
            settled[meter] += milliwattHours;
            dirty = true;
        }
    }

    long settledEnergy(int meter) {
        return settled == null ? 0 : settled[meter];
    }

    /** What was noted of a meter in the hour from {@code start} on is now another. */
    void renote(Track before, Track now, long start) {
        Map<RegisterNote, Integer> more = new EnumMap<>(RegisterNote.class);
        now.countNotes(start, at, more);
        Map<RegisterNote, Integer> less = new EnumMap<>(RegisterNote.class);
        before.countNotes(start, at, less);
        more.forEach((note, count) -> notes.merge(note, count, Integer::sum));
        less.forEach((note, count) -> notes.computeIfPresent(note, (n, sum) -> sum > count ? sum - count : null));
        dirty = true;
    }

    void write(PartWriter out) {
        out.count(revision);
        out.number(digest);
        out.count(notes.size());
        notes.forEach((note, count) -> {
            out.text(note.name());
            out.count(count);
        });
        out.flag(settled != null);
        for (int meter = 0; meter < fixed.length; meter++) {
            if (settled != null) {
                out.number(settled[meter]);
            }
            out.number(bridged[meter]);
            out.flag(bridgedInPart.get(meter));
            Crossing crossing = fixed[meter];
            out.flag(crossing != null);
            if (crossing != null) {
                out.number(crossing.energy());
                out.text(crossing.stretch().name());
                out.number(decided[meter] - at);
                write(crossing.left(), out);
                write(crossing.right(), out);
            }
        }
    }

    private static void write(Crossing.@Nullable Mark mark, PartWriter out) {
        out.flag(mark != null);
        if (mark != null) {
            out.number(mark.at());
            out.number(mark.energy());
            out.number(mark.raw());
        }
    }

    static HourEnd read(long at, int meters, PartReader in, int[] meterOf) {
        HourEnd end = new HourEnd(at, meters);
        end.dirty = false;
        end.revision = in.count();
        end.digest = in.number();
        int notes = in.count();
        for (int i = 0; i < notes; i++) {
            end.notes.put(RegisterNote.valueOf(in.text()), in.count());
        }
        long[] settled = in.flag() ? new long[meters] : null;
        end.settled = settled;
        for (int meter : meterOf) {
            long energy = settled == null ? 0 : in.number();
            long bridged = in.number();
            boolean inPart = in.flag();
            boolean known = in.flag();
            long energyAt = known ? in.number() : 0;
            Stretch stretch = known ? Stretch.valueOf(in.text()) : Stretch.READ;
            long decided = known ? at + in.number() : 0;
            Crossing crossing = known ? new Crossing(at, energyAt, readMark(in), readMark(in), stretch) : null;
            if (meter < 0) {
                continue;
            }
            end.decided[meter] = decided;
            if (settled != null) {
                settled[meter] = energy;
            }
            end.bridged[meter] = bridged;
            end.bridgedInPart.set(meter, inPart);
            end.fixed[meter] = crossing;
        }
        return end;
    }

    private static Crossing.@Nullable Mark readMark(PartReader in) {
        return in.flag() ? new Crossing.Mark(in.number(), in.number(), in.number()) : null;
    }
}
