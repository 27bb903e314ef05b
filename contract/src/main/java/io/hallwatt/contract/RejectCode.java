package io.hallwatt.contract;

/** Why something received did not become a reading. The names are stable: scripts and dashboards count by them. */
public enum RejectCode {
    /** Not JSON, or not of the record's shape. */
    MALFORMED,
    /** Longer or deeper than a reading may be. */
    TOO_LARGE,
    /** A row of a file that is no data: a blank line, a count, a trailer. */
    NOT_DATA,
    /** A field that the reading cannot do without is missing or empty. */
    MISSING_VALUE,
    /** Text where a number belongs, NaN, infinite, or an exponent beyond ±30. */
    NOT_A_NUMBER,
    /** A number that the device cannot have meant: sentinel, outside the nameplate or the physics. */
    IMPLAUSIBLE_VALUE,
    /** A site, hall, rack, unit or source that the site model does not know. */
    UNKNOWN_DEVICE,
    /** Event time further ahead of the wall clock than the skew limit. */
    TIME_AHEAD,
    /** A time that cannot be read, or a local time that does not exist (daylight-saving gap). */
    BAD_TIME,
    /** Two rows of a file for one device and one instant. */
    DUPLICATE_ROW,
    /** A row out of the order that its mapping states. */
    OUT_OF_ORDER,
    /** The id is not one: see {@link Ids#RULE}. */
    BAD_ID
}
