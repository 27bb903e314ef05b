package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.Window;
import java.util.Arrays;

/** Who follows the alerts of all tasks of this process, each task under an owner of its own. */
public interface AlertAudience {
    AlertAudience NOBODY = new AlertAudience() {
        @Override
        public AlertWatcher watcher(Object owner) {
            return AlertWatcher.of();
        }

        @Override
        public void forget(Object owner) {}
    };

    /** All of them, each told of everything. */
    static AlertAudience of(AlertAudience... audiences) {
        return new AlertAudience() {
            @Override
            public AlertWatcher watcher(Object owner) {
                return AlertWatcher.of(Arrays.stream(audiences)
                        .map(audience -> audience.watcher(owner))
                        .toArray(AlertWatcher[]::new));
            }

            @Override
            public void judges(Object owner, Window window) {
                for (AlertAudience audience : audiences) {
                    audience.judges(owner, window);
                }
            }

            @Override
            public void look(Object owner) {
                for (AlertAudience audience : audiences) {
                    audience.look(owner);
                }
            }

            @Override
            public void forget(Object owner) {
                for (AlertAudience audience : audiences) {
                    audience.forget(owner);
                }
            }
        };
    }

    /** Takes what the evaluation of one task does. */
    AlertWatcher watcher(Object owner);

    /** The owner's task is about to hold a closed window against its rules. */
    default void judges(Object owner, Window window) {}

    /** Called every few seconds, whether windows come or not. */
    default void look(Object owner) {}

    /** The task's share is no longer ours: it is somebody else's now, and nothing has ended by that. */
    void forget(Object owner);
}
