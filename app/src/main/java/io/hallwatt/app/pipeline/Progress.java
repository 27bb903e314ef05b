package io.hallwatt.app.pipeline;

import java.time.Duration;
import java.util.List;

/** Notices when figures have not changed for a while. */
final class Progress {
    private final Duration patience;
    private List<Long> last = List.of();
    private long changedNanos = System.nanoTime();

    Progress(Duration patience) {
        this.patience = patience;
    }

    boolean stalled(List<Long> figures) {
        if (!figures.equals(last)) {
            last = figures;
            changedNanos = System.nanoTime();
        }
        return System.nanoTime() - changedNanos > patience.toNanos();
    }
}
