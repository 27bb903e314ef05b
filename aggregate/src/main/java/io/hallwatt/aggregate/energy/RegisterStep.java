package io.hallwatt.aggregate.energy;

/** What a register's next reading means: growth, or one of the troubles that must not be taken for it. */
sealed interface RegisterStep {
    /** It grew. */
    record Advance(long milliwattHours) implements RegisterStep {}

    /** It grew past its modulus. */
    record Wrap(long milliwattHours) implements RegisterStep {}

    /**
     * It grew, but between the readings more could flow than it counts before it begins anew: how often it did is not known by it.
     *
     * @param least   with no turn more than it takes, mWh
     * @param modulus what one turn more adds, mWh
     * @param turns   how many more there can have been at most
     */
    record Ambiguous(long least, long modulus, long turns) implements RegisterStep {
        /** With as many turns as come nearest to the power along the step, mWh; the least where power is not known all the way. */
        long by(PowerBridge power) {
            return power.whole()
                    ? least
                            + modulus
                                    * Math.clamp(
                                            Math.round((power.milliwattHours() - least) / (double) modulus), 0, turns)
                    : least;
        }
    }

    /** A tiny step back, a quirk of the device: books nothing. */
    record Jitter(long backBy) implements RegisterStep {}

    /** Neither; books nothing until the next reading decides. */
    record Suspect(long jump) implements RegisterStep {}

    /**
     * The suspect before was one false value; this is the step from the reading before it.
     *
     * @param certain false where the register may as well have started again and outgrown since what it was, and no power tells
     */
    record Glitch(RegisterStep instead, boolean certain) implements RegisterStep {
        Glitch(RegisterStep instead) {
            this(instead, true);
        }
    }

    /** The suspect before was true, the register started again; it grew by so much since. What it counted before it restarted is not known. */
    record Reset(long milliwattHours) implements RegisterStep {}

    /** The suspect before was true, the register was exchanged or set ahead; it grew by so much since. */
    record Jump(long milliwattHours) implements RegisterStep {}

    /**
     * The step between two readings of a meter, the earlier of them accepted. What a register shows is proof only as long as less can flow than its modulus:
     * after that it fits whatever flowed, a wrap as well as several, and a restart too.
     */
    static RegisterStep between(MeterSpec meter, RegisterPoint accepted, RegisterPoint next) {
        long step = next.milliwattHours() - accepted.milliwattHours();
        double most = meter.mostMilliwattHours(next.at() - accepted.at());
        long modulus = meter.modulusMilliwattHours();
        boolean proves = modulus == 0 || most < modulus;
        if (step >= 0 && (proves || step >= modulus)) {
            return step <= most ? new Advance(step) : new Suspect(step);
        }
        if (step < 0 && step >= -meter.jitterMilliwattHours()) { // before the wrap: with a small modulus both would fit
            return new Jitter(-step);
        }
        long least = step < 0 ? step + modulus : step;
        if (least < 0 || modulus == 0 || (proves && least > most)) {
            return new Suspect(step);
        }
        return proves ? new Wrap(least) : new Ambiguous(least, modulus, (long) ((most - least) / modulus));
    }

    /**
     * The step after a suspect. Where the reading fits both, the step nearer to the integrated power wins, and without power the accepted reading.
     *
     * @param bridgeFromAccepted power integrated from {@code accepted} to {@code next}
     * @param bridgeFromSuspect  power integrated from {@code suspect} to {@code next}
     * @return {@link Glitch}, {@link Reset} or {@link Jump}; or {@link Suspect}: the newer becomes the suspect, the older is dropped
     */
    static RegisterStep afterSuspect(
            MeterSpec meter,
            RegisterPoint accepted,
            RegisterPoint suspect,
            RegisterPoint next,
            PowerBridge bridgeFromAccepted,
            PowerBridge bridgeFromSuspect) {
        RegisterStep fromAccepted = between(meter, accepted, next);
        boolean fitsAccepted = !(fromAccepted instanceof Suspect);
        if (!(between(meter, suspect, next) instanceof Advance since)) {
            return fitsAccepted ? new Glitch(fromAccepted) : fromAccepted;
        }
        boolean powerTells = bridgeFromAccepted.whole() && bridgeFromSuspect.whole();
        if (fitsAccepted && powerTells) {
            long offAccepted = Math.abs(fromAccepted.booked(bridgeFromAccepted) - bridgeFromAccepted.milliwattHours());
            long offSuspect = Math.abs(since.milliwattHours() - bridgeFromSuspect.milliwattHours());
            fitsAccepted = offAccepted <= offSuspect;
        } // without power: the accepted reading, where it fits
        if (fitsAccepted) {
            return new Glitch(fromAccepted, powerTells || !fromNought(meter, accepted, suspect));
        }
        return suspect.milliwattHours() < accepted.milliwattHours()
                ? new Reset(since.milliwattHours())
                : new Jump(since.milliwattHours());
    }

    /** Whether the suspect can be what a register counted that started again from 0 after the accepted reading. */
    private static boolean fromNought(MeterSpec meter, RegisterPoint accepted, RegisterPoint suspect) {
        return suspect.milliwattHours() < accepted.milliwattHours()
                && suspect.milliwattHours() <= meter.mostMilliwattHours(suspect.at() - accepted.at());
    }

    /**
     * What the step books, mWh.
     *
     * @param power along it
     */
    default long booked(PowerBridge power) {
        return switch (this) {
            case Advance a -> a.milliwattHours();
            case Wrap w -> w.milliwattHours();
            case Ambiguous a -> a.by(power);
            case Jitter j -> 0;
            case Suspect s -> 0;
            case Glitch g -> g.instead().booked(power);
            case Reset r -> r.milliwattHours();
            case Jump j -> j.milliwattHours();
        };
    }
}
