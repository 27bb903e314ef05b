package io.hallwatt.aggregate.site;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.site.Hall;
import java.util.List;
import java.util.TreeMap;

/** How far a site's halls have delivered their windows. Of those that the site model has; whose input ended delivers no more, and nobody waits for it. */
final class HallDeliveries {
    private final TreeMap<HallId, Progress> halls = new TreeMap<>();

    private static final class Progress {
        /** End of the newest window delivered, by resolution. */
        private final long[] until = {NEVER, NEVER, NEVER};

        private boolean ended;
    }

    /** Takes the site model's halls. */
    void expect(List<Hall> model) {
        halls.keySet().retainAll(model.stream().map(Hall::id).toList());
        model.forEach(hall -> halls.computeIfAbsent(hall.id(), id -> new Progress()));
    }

    /** A hall delivered a window that ends at {@code end}. */
    void delivered(HallId hall, int level, long end) {
        Progress progress = halls.get(hall);
        if (progress != null) {
            progress.until[level] = Math.max(progress.until[level], end);
            progress.ended = false;
        }
    }

    void ended(HallId hall) {
        Progress progress = halls.get(hall);
        if (progress != null) {
            progress.ended = true;
        }
    }

    boolean allEnded() {
        return halls.values().stream().allMatch(progress -> progress.ended);
    }

    /** Whether no window of that level that ends at {@code end} is still to come. */
    boolean complete(int level, long end) {
        for (Progress progress : halls.values()) {
            if (!progress.ended && progress.until[level] < end) {
                return false;
            }
        }
        return true;
    }

    /** Up to when all have delivered windows of that level; {@code NEVER} where one has delivered none yet, the largest number where nobody is waited for. */
    long until(int level) {
        long least = Long.MAX_VALUE;
        for (Progress progress : halls.values()) {
            least = Math.min(least, progress.ended ? Long.MAX_VALUE : progress.until[level]);
        }
        return least;
    }

    void startAnew() {
        halls.values().forEach(progress -> {
            progress.until[0] = NEVER;
            progress.until[1] = NEVER;
            progress.until[2] = NEVER;
        });
    }

    void write(StateWriter out) {
        out.integer(halls.size());
        halls.forEach((hall, progress) -> {
            out.text(hall.text());
            out.flag(progress.ended);
            for (long until : progress.until) {
                out.integerOr(until, NEVER);
            }
        });
    }

    void read(StateReader in) {
        for (int count = in.count(); count > 0; count--) {
            Progress progress = new Progress();
            halls.put(new HallId(in.text()), progress);
            progress.ended = in.flag();
            for (int level = 0; level < progress.until.length; level++) {
                progress.until[level] = in.integerOr(NEVER);
            }
        }
    }
}
