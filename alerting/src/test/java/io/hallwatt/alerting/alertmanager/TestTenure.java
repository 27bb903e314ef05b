package io.hallwatt.alerting.alertmanager;

import io.hallwatt.alerting.membership.Tenure;
import java.time.Duration;

/** A share of the halls that a test gives and takes. */
final class TestTenure implements Tenure {
    private enum State {
        LASTS,
        JUST_OVER,
        OVER
    }

    private volatile State state = State.LASTS;

    void lastsAgain() {
        state = State.LASTS;
    }

    void isJustOver() {
        state = State.JUST_OVER;
    }

    void isOver() {
        state = State.OVER;
    }

    @Override
    public boolean lasts() {
        return state == State.LASTS;
    }

    @Override
    public boolean justOver() {
        return state == State.JUST_OVER;
    }

    @Override
    public Duration left() {
        return state == State.OVER ? Duration.ZERO : Duration.ofMillis(100);
    }
}
