package io.hallwatt.aggregate.energy;

import io.hallwatt.aggregate.energy.RegisterStep.Advance;
import io.hallwatt.aggregate.energy.RegisterStep.Ambiguous;
import io.hallwatt.aggregate.energy.RegisterStep.Glitch;
import io.hallwatt.aggregate.energy.RegisterStep.Jitter;
import io.hallwatt.aggregate.energy.RegisterStep.Jump;
import io.hallwatt.aggregate.energy.RegisterStep.Reset;
import io.hallwatt.aggregate.energy.RegisterStep.Suspect;
import io.hallwatt.aggregate.energy.RegisterStep.Wrap;
import io.hallwatt.contract.RegisterNote;
import org.jspecify.annotations.Nullable;

/**
 * One meter's register, read in order of time: from points to energy since its first reading.
 *
 * @param accepted            newest point that energy is booked up to; absent before the first
 * @param energyMilliwattHours booked from the first point to it
 * @param suspect             a point that the next one decides about; absent where none is pending
 * @param seenAt              newest point read, accepted or not, epoch ms
 * @param seenWatts           power at it; below 0 where not known
 * @param sinceAccepted       power from the accepted point to the newest
 * @param sinceSuspect        power from the suspect to the newest
 */
record RegisterFold(
        @Nullable RegisterPoint accepted,
        long energyMilliwattHours,
        @Nullable RegisterPoint suspect,
        long seenAt,
        int seenWatts,
        PowerBridge sinceAccepted,
        PowerBridge sinceSuspect) {

    static final RegisterFold NOTHING = new RegisterFold(null, 0, null, 0, -1, PowerBridge.EMPTY, PowerBridge.EMPTY);

    /** Kept points of one minute lie up to a minute apart: power is drawn through between them. */
    private static final long SHORTEST_BRIDGE_MILLIS = 60_000;

    /**
     * The state after one point more, later than all before.
     *
     * @param watts power at it; below 0 where not known
     * @param track takes what was accepted and noted
     */
    RegisterFold then(MeterSpec meter, RegisterPoint next, int watts, Track track) {
        if (accepted == null) {
            track.accept(next, 0, Stretch.READ, next.at());
            return new RegisterFold(next, 0, null, next.at(), watts, PowerBridge.EMPTY, PowerBridge.EMPTY);
        }
        long stretch = next.at() - seenAt;
        long longest = Math.max(SHORTEST_BRIDGE_MILLIS, meter.holdMillis());
        PowerBridge fromAccepted = sinceAccepted.then(stretch, seenWatts, watts, longest);
        if (suspect == null) {
            RegisterStep step = RegisterStep.between(meter, accepted, next);
            return take(step, next, watts, fromAccepted, track);
        }
        PowerBridge fromSuspect = sinceSuspect.then(stretch, seenWatts, watts, longest);
        RegisterStep step = RegisterStep.afterSuspect(meter, accepted, suspect, next, fromAccepted, fromSuspect);
        return switch (step) {
            case Glitch glitch -> {
                track.note(RegisterNote.METER_GLITCHED, next.at());
                yield glitch.certain()
                        ? take(glitch.instead(), next, watts, fromAccepted, track)
                        : guess(glitch.instead(), next, watts, fromAccepted, track);
            }
            case Reset reset -> {
                track.note(RegisterNote.METER_RESET, next.at());
                yield restart(suspect, fromAccepted.before(fromSuspect), reset.milliwattHours(), next, watts, track);
            }
            case Jump jump -> {
                track.note(RegisterNote.METER_JUMPED, next.at());
                yield restart(suspect, fromAccepted.before(fromSuspect), jump.milliwattHours(), next, watts, track);
            }
            case Suspect again -> {
                track.note(RegisterNote.METER_GLITCHED, next.at()); // the older suspect is dropped
                yield take(again, next, watts, fromAccepted, track);
            }
            case Advance a -> take(a, next, watts, fromAccepted, track);
            case Wrap w -> take(w, next, watts, fromAccepted, track);
            case Ambiguous a -> take(a, next, watts, fromAccepted, track);
            case Jitter j -> take(j, next, watts, fromAccepted, track);
        };
    }

    /** Whether energy is booked up to the newest point: none is in doubt, none was left out. */
    boolean ends() {
        return accepted != null && suspect == null && accepted.at() == seenAt;
    }

    /** The state after points that each grew from the one before, of which the last is told; where {@link #ends}. */
    RegisterFold grown(RegisterPoint last, int watts, Track track) {
        long before = accepted == null ? last.milliwattHours() : accepted.milliwattHours();
        return advance(energyMilliwattHours + last.milliwattHours() - before, last, watts, track);
    }

    private RegisterFold take(RegisterStep step, RegisterPoint next, int watts, PowerBridge bridge, Track track) {
        return switch (step) {
            case Suspect s ->
                new RegisterFold(accepted, energyMilliwattHours, next, next.at(), watts, bridge, PowerBridge.EMPTY);
            case Jitter j -> {
                track.note(RegisterNote.METER_JITTERED, next.at());
                yield new RegisterFold(
                        accepted, energyMilliwattHours, null, next.at(), watts, bridge, PowerBridge.EMPTY);
            }
            case Wrap w -> {
                track.note(RegisterNote.METER_WRAPPED, next.at());
                yield advance(energyMilliwattHours + w.milliwattHours(), next, watts, track);
            }
            case Ambiguous a -> {
                track.note(RegisterNote.METER_AMBIGUOUS, next.at());
                yield advance(energyMilliwattHours + a.by(bridge), bridged(bridge), next, watts, track);
            }
            case Advance a -> advance(energyMilliwattHours + a.milliwattHours(), next, watts, track);
            case Glitch g -> take(g.instead(), next, watts, bridge, track);
            case Reset r -> throw new IllegalStateException("a reset has a suspect: " + r);
            case Jump j -> throw new IllegalStateException("a jump has a suspect: " + j);
        };
    }

    /** As if the register had not started again, which it may have: an estimate, and said so. */
    private RegisterFold guess(RegisterStep step, RegisterPoint next, int watts, PowerBridge bridge, Track track) {
        if (!(step instanceof Advance || step instanceof Wrap)) {
            return take(step, next, watts, bridge, track);
        }
        track.note(RegisterNote.METER_AMBIGUOUS, next.at());
        return advance(energyMilliwattHours + step.booked(bridge), Stretch.BRIDGED_IN_PART, next, watts, track);
    }

    /** What the device counted before it restarted is lost: bridge it by power, and say so. */
    private RegisterFold restart(
            RegisterPoint from, PowerBridge bridge, long since, RegisterPoint next, int watts, Track track) {
        long energy = energyMilliwattHours + bridge.milliwattHours();
        track.accept(from, energy, bridged(bridge), next.at());
        return advance(energy + since, next, watts, track);
    }

    private static Stretch bridged(PowerBridge bridge) {
        return bridge.whole() ? Stretch.BRIDGED : Stretch.BRIDGED_IN_PART;
    }

    private static RegisterFold advance(long energy, RegisterPoint next, int watts, Track track) {
        return advance(energy, Stretch.READ, next, watts, track);
    }

    private static RegisterFold advance(long energy, Stretch stretch, RegisterPoint next, int watts, Track track) {
        track.accept(next, energy, stretch, next.at());
        return new RegisterFold(next, energy, null, next.at(), watts, PowerBridge.EMPTY, PowerBridge.EMPTY);
    }
}
