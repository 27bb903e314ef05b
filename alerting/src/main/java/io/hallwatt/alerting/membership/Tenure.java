package io.hallwatt.alerting.membership;

import java.time.Duration;

/** For how long a share of the halls is surely ours, and what is known of its alerts may be told. For any thread. */
public interface Tenure {
    /** Where nobody else could have the share. */
    Tenure ENDLESS = new Tenure() {
        @Override
        public boolean lasts() {
            return true;
        }

        @Override
        public boolean justOver() {
            return false;
        }

        @Override
        public Duration left() {
            return Duration.ofDays(365);
        }
    };

    /** Whether it can be shown now that the share is ours. */
    boolean lasts();

    /** Whether that can be shown no more, but could so lately that nobody else has the share yet: there is time for a last word. */
    boolean justOver();

    /** After what time from now somebody else could have the share, as far as is known now: a sign of the group makes it longer. Never negative. */
    Duration left();
}
