package io.hallwatt.aggregate.energy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Register points of one meter in closed hours that can still be restated: the first and the last of each minute beside which a late one could make a difference.
 * That is where the register did not just grow, where nothing was read for minutes, and at both sides of an hour's end. Of minutes between, in which it grew from
 * reading to reading, nothing is kept but that it did: energy across them is the difference of the points around them, whatever else was read there. Of a quiet hour six
 * points are kept of 120.
 */
final class PastPoints {
    /** A point: time, epoch ms; register, mWh; power, W, below 0 where not known, and in the lowest bit whether readings before it are left out. */
    private static final int CELLS = 3;

    private static final long GROWN = 1;

    private long[] cells;
    private int size;

    PastPoints() {
        this(new long[0], 0);
    }

    private PastPoints(long[] cells, int size) {
        this.cells = cells;
        this.size = size;
    }

    PastPoints copy() {
        return new PastPoints(Arrays.copyOf(cells, (size + 1) * CELLS), size);
    }

    private long at(int point) {
        return cells[point * CELLS];
    }

    private RegisterPoint point(int point) {
        return new RegisterPoint(at(point), cells[point * CELLS + 1]);
    }

    private int watts(int point) {
        return (int) (cells[point * CELLS + 2] >> 1);
    }

    /** Whether readings between it and the point before are left out: the register grew from each to the next. */
    private boolean grown(int point) {
        return (cells[point * CELLS + 2] & GROWN) != 0;
    }

    private long minute(int point) {
        return MeterLogs.minuteOf(at(point));
    }

    /**
     * Where a point goes.
     *
     * @param replaces whether it takes the place of the one that is there
     */
    record Place(int point, boolean replaces) {}

    /**
     * Adds a point where {@link #placeOf} it is.
     *
     * @return whether something changed
     */
    boolean add(RegisterPoint added, int watts) {
        Place place = placeOf(added, watts);
        if (place != null) {
            add(place, added, watts);
        }
        return place != null;
    }

    void add(Place place, RegisterPoint added, int watts) {
        if (place.replaces()) {
            put(place.point(), added, watts, false);
        } else {
            insert(place.point(), added, watts);
        }
    }

    /**
     * By the rule of {@link MinutePoints}: the first and the last of a minute count, and of two at one instant the smaller. Null where the point changes nothing, or
     * lies where the register is known to have grown.
     */
    @Nullable
    Place placeOf(RegisterPoint added, int watts) {
        int next = firstAtOrAfter(added.at());
        if (next < size && at(next) == added.at()) {
            return lowers(next, added, watts) ? new Place(next, true) : null;
        }
        if (next < size && grown(next)) {
            return null;
        }
        long minute = MeterLogs.minuteOf(added.at());
        boolean follows = next > 0 && minute(next - 1) == minute;
        boolean precedes = next < size && minute(next) == minute;
        if (follows && precedes) {
            return null;
        }
        if (follows && next > 1 && minute(next - 2) == minute) {
            return new Place(next - 1, true); // of the last of its minute until now
        }
        boolean first = precedes && next + 1 < size && minute(next + 1) == minute;
        return new Place(next, first);
    }

    private boolean lowers(int point, RegisterPoint added, int watts) {
        RegisterPoint known = point(point);
        boolean smaller = added.milliwattHours() < known.milliwattHours()
                || (added.milliwattHours() == known.milliwattHours() && watts < watts(point));
        boolean beside = grown(point) || (point + 1 < size && grown(point + 1));
        return smaller && !beside;
    }

    private void insert(int place, RegisterPoint added, int watts) {
        if ((size + 1) * CELLS > cells.length) {
            cells = Arrays.copyOf(cells, (size + 1) * CELLS + size / 2 * CELLS);
        }
        System.arraycopy(cells, place * CELLS, cells, (place + 1) * CELLS, (size - place) * CELLS);
        size++;
        put(place, added, watts, false);
    }

    private void put(int place, RegisterPoint added, int watts, boolean grown) {
        cells[place * CELLS] = added.at();
        cells[place * CELLS + 1] = added.milliwattHours();
        cells[place * CELLS + 2] = (long) watts << 1 | (grown ? GROWN : 0);
    }

    private int firstAtOrAfter(long at) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle) < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The fold after all points. */
    RegisterFold fold(MeterSpec meter, RegisterFold from, Track track) {
        return foldBefore(Long.MAX_VALUE, meter, from, track);
    }

    /** The fold after the points before a time. */
    RegisterFold foldBefore(long until, MeterSpec meter, RegisterFold from, Track track) {
        RegisterFold fold = from;
        for (int point = 0; point < size && at(point) < until; point++) {
            fold = fold(point, meter, fold, track);
        }
        return fold;
    }

    private RegisterFold fold(int point, MeterSpec meter, RegisterFold before, Track track) {
        return grown(point) && before.ends()
                ? before.grown(point(point), watts(point), track)
                : before.then(meter, point(point), watts(point), track);
    }

    /** A fold, and how many points it is of. */
    record Head(RegisterFold fold, int points) {}

    /** The fold of the points before a time, gone on with from a shorter one. */
    Head head(long until, MeterSpec meter, Head from) {
        RegisterFold fold = from.fold();
        int point = from.points();
        while (point < size && at(point) < until) {
            fold = fold(point, meter, fold, Track.untold());
            point++;
        }
        return point == from.points() ? from : new Head(fold, point);
    }

    /**
     * Whether they {@link #holds} with one more, as they do without it. It is asked no further than the next readings that are left out: if the point before them counts
     * with the new one as it does without, whatever comes then is the same.
     */
    boolean holdsWith(Place place, RegisterPoint added, int watts, MeterSpec meter, Head head) {
        RegisterFold fold = head.fold();
        for (int point = head.points(); point < place.point(); point++) {
            fold = fold(point, meter, fold, Track.untold());
        }
        fold = fold.then(meter, added, watts, Track.untold());
        for (int point = place.point() + (place.replaces() ? 1 : 0); point < size; point++) {
            if (grown(point)) {
                return fold.ends();
            }
            fold = fold(point, meter, fold, Track.untold());
        }
        return true;
    }

    /** Whether the readings that are left out can stand: none of them is known to follow a point that is in doubt, or does not count. */
    boolean holds(MeterSpec meter, RegisterFold from) {
        RegisterFold fold = from;
        for (int point = 0; point < size; point++) {
            if (grown(point) && !fold.ends()) {
                return false;
            }
            fold = fold(point, meter, fold, Track.untold());
        }
        return true;
    }

    /** Forgets the points before a time. */
    void dropBefore(long until) {
        int dropped = firstAtOrAfter(until);
        size -= dropped;
        cells = Arrays.copyOfRange(cells, dropped * CELLS, (dropped + size) * CELLS);
    }

    /**
     * Leaves out the minutes that make no difference.
     *
     * @param spared a minute that stays with the one after it, for it is being filled; its start, epoch ms
     */
    void thin(MeterSpec meter, RegisterFold from, long spared) {
        boolean[] plain = new boolean[size];
        RegisterFold fold = from;
        for (int point = 0; point < size; point++) {
            plain[point] = grown(point) || (point > 0 && fold.ends() && plain(point, meter));
            fold = fold(point, meter, fold, Track.untold());
        }
        int kept = 0;
        boolean left = false;
        boolean filling = false;
        boolean quiet = false; // the minute before: what follows a trouble bears it out, and is kept
        for (int point = 0; point < size; ) {
            int next = point + 1 < size && minute(point + 1) == minute(point) ? point + 2 : point + 1;
            boolean fills = minute(point) == spared;
            boolean grew = plain[point] && plain[next - 1];
            boolean out = next < size && quiet && grew && plain[next] && !filling && !fills;
            for (int one = point; one < next && !out; one++) {
                put(kept, point(one), watts(one), grown(one) || (left && one == point));
                kept++;
            }
            left = out;
            quiet = grew;
            filling = fills;
            point = next;
        }
        size = kept;
        cells = Arrays.copyOf(cells, size * CELLS);
    }

    private boolean plain(int point, MeterSpec meter) {
        boolean inside =
                minute(point) == minute(point - 1); // what lies between the first and the last of a minute never counts
        return (inside || at(point) - at(point - 1) <= meter.unbrokenMillis())
                && Math.floorDiv(at(point), ClosedHours.HOUR_MILLIS)
                        == Math.floorDiv(at(point - 1), ClosedHours.HOUR_MILLIS)
                && RegisterStep.between(meter, point(point - 1), point(point)) instanceof RegisterStep.Advance;
    }

    void write(PartWriter out) {
        out.count(size);
        long at = 0;
        long shown = 0;
        for (int point = 0; point < size; point++) {
            out.number(at(point) - at);
            out.number(cells[point * CELLS + 1] - shown);
            out.number(cells[point * CELLS + 2]);
            at = at(point);
            shown = cells[point * CELLS + 1];
        }
    }

    static PastPoints read(PartReader in) {
        int size = in.count();
        long[] cells = new long[size * CELLS];
        long at = 0;
        long shown = 0;
        for (int point = 0; point < size; point++) {
            at += in.number();
            shown += in.number();
            cells[point * CELLS] = at;
            cells[point * CELLS + 1] = shown;
            cells[point * CELLS + 2] = in.number();
        }
        return new PastPoints(cells, size);
    }
}
