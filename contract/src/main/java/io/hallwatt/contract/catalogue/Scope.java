package io.hallwatt.contract.catalogue;

/** What a metric is about. */
public enum Scope {
    RACK,
    HALL,
    SITE
}
