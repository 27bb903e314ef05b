package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.Window;

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

    /** Takes what the evaluation of one task does. */
    AlertWatcher watcher(Object owner);

    /** The owner's task is about to hold a closed window against its rules. */
    default void judges(Object owner, Window window) {}

    /** Called every few seconds, whether windows come or not. */
    default void look(Object owner) {}

    /** The task's share is no longer ours: it is somebody else's now, and nothing has ended by that. */
    void forget(Object owner);
}
