package io.hallwatt.alerting.backtest;

import io.hallwatt.alerting.history.Episode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one name of alerts cost those whom it called.
 *
 * @param fired     episodes that fired, and that people were told of
 * @param planned   episodes that fired in planned work, and were over with it
 * @param unfired   episodes that ended, or go on, without
 * @param firing    how long all of them fired, added up, without the holes that they lasted through
 * @param longest   of them
 * @param flaps     times that an alert fired again within {@link #AGAIN} of its own end
 * @param span      of the windows that the rules were held against, without its holes
 * @param perWeek   {@code fired}, at the pace of the span; absent where that is shorter than {@link #LEAST_SPAN}
 */
public record RuleFigures(
        String alert,
        int fired,
        int planned,
        int unfired,
        Duration firing,
        Duration longest,
        int flaps,
        Duration span,
        @Nullable Double perWeek) {
    /** Load and weather have a day's course: what an hour of it says of a week is nothing. */
    public static final Duration LEAST_SPAN = Duration.ofDays(1);

    /** Who was just told that it is over does not want to hear of it again. */
    public static final Duration AGAIN = Duration.ofMinutes(15);

    /** @param episodes by their beginning */
    static RuleFigures of(String alert, List<Episode> episodes, Duration span, Instant end, List<Looked.Hole> holes) {
        int fired = 0;
        int planned = 0;
        int flaps = 0;
        Duration firing = Duration.ZERO;
        Duration longest = Duration.ZERO;
        Map<String, Instant> lastEnd = new HashMap<>();
        for (Episode episode : episodes) {
            if (!episode.fired()) {
                continue;
            }
            if (episode.maintenance() != null) {
                planned++;
                continue;
            }
            fired++;
            Duration time = episode.firedFor(end).minus(unseen(episode, end, holes));
            firing = firing.plus(time);
            longest = longest.compareTo(time) > 0 ? longest : time;
            Instant before = lastEnd.get(episode.fingerprint());
            if (before != null && Duration.between(before, episode.began()).compareTo(AGAIN) <= 0) {
                flaps++;
            }
            if (episode.ended() != null) {
                lastEnd.put(episode.fingerprint(), episode.ended());
            }
        }
        double weeks = span.toMillis() / (double) Duration.ofDays(7).toMillis();
        return new RuleFigures(
                alert,
                fired,
                planned,
                episodes.size() - fired - planned,
                firing,
                longest,
                flaps,
                span,
                span.compareTo(LEAST_SPAN) < 0 ? null : Double.valueOf(fired / weeks));
    }

    /** How much of the episode's firing nobody saw: there were no windows. */
    private static Duration unseen(Episode episode, Instant end, List<Looked.Hole> holes) {
        Instant from = episode.firedAt() == null ? episode.began() : episode.firedAt();
        Instant to = episode.ended() == null ? end : episode.ended();
        return Looked.sum(holes, hole -> hole.within(from, to));
    }
}
