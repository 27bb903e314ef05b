package io.hallwatt.alerting.state;

import java.time.Instant;

/** What one window says about one alert. */
public sealed interface Observation {
    /** The expression holds. */
    record Breach() implements Observation {}

    /** It does not hold, but the value has not passed the rule's {@code clear} bound yet. */
    record Between() implements Observation {}

    /** It does not hold, and the value is past {@code clear} where the rule has one. */
    record Clear() implements Observation {}

    /**
     * No value.
     *
     * @param from since when: the window's start, or the end of the last window before a hole
     */
    record Missing(Instant from) implements Observation {}

    /** What the alert was about is there no more: taken out of the site model, or no longer selected by the rule. */
    record Retired() implements Observation {}

    Observation BREACH = new Breach();
    Observation BETWEEN = new Between();
    Observation CLEAR = new Clear();
    Observation RETIRED = new Retired();
}
