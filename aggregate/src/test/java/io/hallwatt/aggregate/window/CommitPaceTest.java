package io.hallwatt.aggregate.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CommitPaceTest {
    private static final long AT = 1_700_000_000_000L;

    private final CommitPace pace = new CommitPace();

    @Test
    void whoReadsThePresentIsNotBehind() {
        for (long now = 0; now < 10_000; now += 100) {
            pace.arrived(AT + now);
            assertThat(behind(now)).isFalse();
        }
    }

    @Test
    void whoReadsTwentySecondsInOneIsBehindUntilItHasCaughtUp() {
        long at = read(0, 3_000, AT, 20);
        assertThat(behind(3_000)).isTrue();
        at = read(3_100, 6_000, at, 20);
        assertThat(behind(6_000)).isTrue();
        read(6_100, 12_000, at, 1);
        assertThat(behind(12_000)).isFalse();
    }

    @Test
    void burstsWithLullsBetweenAreABacklogAsLongAsTheyGoOn() {
        long at = AT;
        pace.arrived(at);
        for (long now = 0; now < 20_000; now += 100) {
            if (now % 1_100 == 0) {
                at += 25_000;
                pace.arrived(at);
            }
            boolean behind = behind(now);
            if (now >= 2_600) {
                assertThat(behind).as("at %d ms", now).isTrue();
            }
        }
    }

    @Test
    void twiceAsFastAsTheClockIsBehindAndALittleLessIsNot() {
        pace.arrived(AT);
        behind(0);
        pace.arrived(AT + 2_500);
        assertThat(behind(1_250)).as("once is no backlog yet").isFalse();
        pace.arrived(AT + 5_000);
        assertThat(behind(2_500)).isTrue();
        pace.arrived(AT + 7_499);
        assertThat(behind(3_750)).isFalse();
    }

    @Test
    void devicesThatSpeakEveryTenSecondsAreNoBacklog() {
        for (long now = 0; now < 60_000; now += 50) {
            if (now % 10_000 < 50) {
                pace.arrived(AT + now);
            }
            assertThat(behind(now)).as("at %d ms", now).isFalse();
        }
    }

    @Test
    void whoStoodStillWithItsReadingsIsNotBehindForIt() {
        pace.arrived(AT);
        behind(0);
        pace.arrived(AT + 30_000); // the process got no processor for so long; its clock says so, too
        assertThat(behind(30_000)).isFalse();
    }

    @Test
    void readingsOfBeforeAndSilenceAreNoBacklog() {
        pace.arrived(AT);
        behind(0);
        pace.arrived(AT - 50_000);
        assertThat(behind(2_500)).isFalse();
        assertThat(behind(60_000)).as("nothing came at all").isFalse();
    }

    @Test
    void theFirstRecordHasNothingToBeComparedWith() {
        assertThat(behind(0)).isFalse();
        pace.arrived(AT);
        assertThat(behind(2_500)).isFalse();
        assertThat(behind(5_000)).isFalse();
    }

    @Test
    void whoHasMoreLeftThanItReadsInASecondIsBehindWhateverItsSpeed() {
        assertThat(pace.behind(0, 0, () -> 1_001)).as("nothing to compare with").isFalse();
        assertThat(pace.behind(1_250, 50_000, () -> 40_001)).as("once").isFalse();
        assertThat(pace.behind(2_499, 100_000, () -> 40_001))
                .as("not measured yet")
                .isFalse();
        assertThat(pace.behind(2_500, 100_000, () -> 40_001)).isTrue();
        assertThat(pace.behind(3_750, 150_000, () -> 40_000))
                .as("a second's work")
                .isFalse();
        assertThat(pace.behind(5_000, 200_000, () -> 90_000)).as("a stall").isFalse();
        assertThat(pace.behind(6_250, 250_000, () -> 0)).as("soon read").isFalse();
    }

    @Test
    void aFewReadingsThatAreLeftAreNoBacklogForATaskThatReadsLittle() {
        assertThat(pace.behind(0, 0, () -> 1_000)).isFalse();
        assertThat(pace.behind(1_250, 10, () -> 1_000)).isFalse();
        assertThat(pace.behind(2_500, 10, () -> 1_001)).isFalse();
        assertThat(pace.behind(3_750, 10, () -> 1_001)).isTrue();
    }

    /** By speed alone. */
    private boolean behind(long now) {
        return pace.behind(now, 0, () -> 0);
    }

    /** Reads so many times as fast as the clock. Returns the newest event time. */
    private long read(long from, long to, long start, int speed) {
        long at = start;
        for (long now = from; now <= to; now += 100) {
            at += 100L * speed;
            pace.arrived(at);
            behind(now);
        }
        return at;
    }
}
