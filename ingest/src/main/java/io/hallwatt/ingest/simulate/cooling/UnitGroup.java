package io.hallwatt.ingest.simulate.cooling;

import io.hallwatt.contract.site.CoolingKind;
import io.hallwatt.contract.site.CoolingUnit;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A hall's units of one kind, sharing one heat. Of three or more, one stands by (N+1); a chiller also stands by where the others have room. What fails, the others
 * take up: they run harder, and the one that stands by starts.
 */
final class UnitGroup {
    private static final double START_SECONDS = 20;
    private static final double FULL = 0.92; // a unit more above this load
    private static final double ROOM = 0.75; // a unit less below this load of those that would be left
    private static final double HOLD_SECONDS = 600; // between taking units off

    final CoolingKind kind;
    final int[] units; // places in the hall's list
    final double[] ratedWatts;
    final double[] dutyWatts;
    final boolean[] failed;

    private final double[] speed; // of starting up, 0 to 1
    private final boolean[] wanted;
    private int running;
    private double sinceChange = HOLD_SECONDS;

    UnitGroup(CoolingKind kind, List<CoolingUnit> hall) {
        this.kind = kind;
        int[] places = new int[hall.size()];
        int count = 0;
        for (int i = 0; i < hall.size(); i++) {
            if (hall.get(i).kind() == kind) {
                places[count++] = i;
            }
        }
        this.units = Arrays.copyOf(places, count);
        this.ratedWatts = Arrays.stream(units)
                .mapToDouble(i -> hall.get(i).ratedCoolingWatts())
                .toArray();
        this.dutyWatts = new double[count];
        this.failed = new boolean[count];
        this.speed = new double[count];
        this.wanted = new boolean[count];
        this.running = usual();
        Arrays.fill(speed, 0, running, 1);
        Arrays.fill(wanted, 0, running, true);
    }

    boolean isEmpty() {
        return units.length == 0;
    }

    /** What the group is built to carry with one unit away, W. */
    double designWatts() {
        double all = Arrays.stream(ratedWatts).sum();
        return units.length < 2 ? all : all - Arrays.stream(ratedWatts).max().orElse(0);
    }

    boolean standsBy(int i) {
        return !failed[i] && !wanted[i];
    }

    /**
     * Shares out what is wanted as far as the units that run can carry it.
     *
     * @param boost what a unit carries above its rating because the medium comes back warmer, 1 or a little more
     * @return heat removed, W
     */
    double remove(double wantedWatts, double boost, double seconds) {
        stage(wantedWatts, seconds);
        double able = 0;
        for (int i = 0; i < units.length; i++) {
            double goal = wanted[i] ? 1 : 0;
            double step = seconds / START_SECONDS;
            speed[i] = failed[i] ? 0 : speed[i] + Math.clamp(goal - speed[i], -step, step);
            able += ratedWatts[i] * speed[i] * boost;
        }
        double removed = Math.clamp(wantedWatts, 0, able);
        for (int i = 0; i < units.length; i++) {
            dutyWatts[i] = able == 0 ? 0 : removed * ratedWatts[i] * speed[i] * boost / able;
        }
        return removed;
    }

    private void stage(double wantedWatts, double seconds) {
        sinceChange += seconds;
        int least = Math.max(needed(wantedWatts / FULL), kind == CoolingKind.CHILLER ? 1 : usual());
        if (least > running) {
            running = least;
            sinceChange = 0;
        } else if (least < running
                && sinceChange >= HOLD_SECONDS
                && (kind != CoolingKind.CHILLER || needed(wantedWatts / ROOM) < running)) {
            running--;
            sinceChange = 0;
        }
        int left = running;
        for (int i = 0; i < units.length; i++) {
            wanted[i] = !failed[i] && left > 0;
            left -= wanted[i] ? 1 : 0;
        }
    }

    /** How many healthy units, from the first, carry so much; all where none do. */
    private int needed(double watts) {
        int count = 0;
        double able = 0;
        for (int i = 0; i < units.length && able < watts; i++) {
            if (!failed[i]) {
                able += ratedWatts[i];
                count++;
            }
        }
        return count;
    }

    private int usual() {
        return units.length < 3 ? units.length : units.length - 1;
    }

    void save(DataOutput out) throws IOException {
        for (double s : speed) {
            out.writeDouble(s);
        }
        out.writeInt(running);
        out.writeDouble(sinceChange);
    }

    void load(DataInput in) throws IOException {
        for (int i = 0; i < speed.length; i++) {
            speed[i] = in.readDouble();
        }
        running = in.readInt();
        sinceChange = in.readDouble();
    }
}
