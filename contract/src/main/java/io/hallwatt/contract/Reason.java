package io.hallwatt.contract;

/** Why a quantity is not known. Stable names; new ones may come. */
public enum Reason {
    /** No device of the scope gave a reading in the window. */
    NO_READINGS,
    /** Too few of the expected devices gave readings. */
    INCOMPLETE,
    /** The site model has no device that measures it. */
    NOT_MEASURED,
    /** The figure divides by a quantity that is zero, or too small to divide by. */
    DIVISOR_ZERO,
    /** The inputs contradict the physics: a PUE below 1, heat flowing backwards. */
    IMPLAUSIBLE,
    /** Energy is settled for whole windows with a register reading at or around both ends; one is not there yet. */
    BOUNDARY_UNKNOWN,
    /** A factor (carbon intensity) is neither metered nor given in the site model. */
    FACTOR_UNKNOWN,
    /** The flow is so small that its difference of temperatures says nothing. */
    FLOW_TOO_LOW,
    /** A reason that this version does not know, from a newer writer. */
    OTHER;

    /** The reason of that name; {@link #OTHER} where this version does not know it. */
    public static Reason of(String name) {
        for (Reason reason : values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        return OTHER;
    }
}
