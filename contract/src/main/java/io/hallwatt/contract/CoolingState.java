package io.hallwatt.contract;

/** What a cooling unit says of itself. */
public enum CoolingState {
    RUNNING,
    STANDBY,
    OFF,
    FAILED
}
