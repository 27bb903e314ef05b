package io.hallwatt.aggregate.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hallwatt.contract.site.Feed;
import org.junit.jupiter.api.Test;

class FeedLimitsTest {
    private static final Feed OF_63_AMPS = new Feed(63, 230, 3);

    @Test
    void imbalance_is_the_furthest_phases_distance_over_the_mean() {
        assertThat(FeedLimits.imbalance(48.1, 51.6, 46.9)).isCloseTo(0.05593451568894954, within(1e-9));
        assertThat(FeedLimits.imbalance(10, 10, 10)).isZero();
        assertThat(FeedLimits.imbalance(0, 0, 0)).isNaN();
        assertThat(FeedLimits.imbalance(10, Double.NaN, 10)).isNaN();
    }

    /** Feed A by itself has 28.4 A left: to show that as headroom is the classic error. */
    @Test
    void headroom_under_feed_loss_is_that_of_the_worst_phase_of_both_feeds_together() {
        double bothFeeds = Math.max(20 + 21, Math.max(22 + 20, 19 + 18));

        assertThat(FeedLimits.headroomAmps(63, bothFeeds)).isCloseTo(8.4, within(1e-9));
        assertThat(FeedLimits.feedLossWatts(OF_63_AMPS, OF_63_AMPS, bothFeeds)).isCloseTo(5_796, within(1e-6));
        assertThat(FeedLimits.headroomAmps(63, 22)).isCloseTo(28.4, within(1e-9));
    }

    @Test
    void the_weaker_feed_is_the_limit() {
        assertThat(FeedLimits.feedLossWatts(OF_63_AMPS, new Feed(32, 240, 3), 10))
                .isCloseTo(15.6 * 3 * 230, within(1e-6));
        assertThat(FeedLimits.feedLossWatts(OF_63_AMPS, OF_63_AMPS, 60)).isNegative();
    }

    @Test
    void a_rack_with_one_feed_has_what_that_feed_has() {
        assertThat(FeedLimits.singleFeedWatts(new Feed(16, 230, 1), 10)).isCloseTo(2.8 * 230, within(1e-6));
    }
}
