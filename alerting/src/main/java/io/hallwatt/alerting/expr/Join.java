package io.hallwatt.alerting.expr;

/** PromQL's set operators. */
public enum Join {
    AND,
    OR,
    UNLESS
}
