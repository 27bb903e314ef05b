package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rack that reports and is without a feed is told from one that is silent, and from one that draws nothing. */
class LostFeedsTest {
    private static final long START = Taken.START;
    private static final double NOT_KNOWN = Double.NaN;

    private final Taken taken = new Taken();

    /** W of feed A and B, empty where it is silent, and what each feed's flag is, empty where it is not known. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            5000  , 5000  , 0 , 0
            10000 ,       , 0 , 1
                  , 10000 , 1 , 0
            10000 , 0     , 0 , 1
            10000 , 99.999, 0 , 1
            10000 , 100   , 0 , 0
            50    ,       , 0 , 1
            49.999,       ,   ,
            49.999, 0     ,   ,
            0     , 0     ,   ,
            0     ,       ,   ,
                  ,       , 1 , 1
            """)
    void what_a_rack_says_of_its_feeds(
            @Nullable Double a, @Nullable Double b, @Nullable Double lostA, @Nullable Double lostB) {
        HallWindows windows = begun(hall(1));
        say(windows, "r001", 0, a, b);
        windows.end();

        assertThat(lost(0, "A")).containsExactly(lostA == null ? NOT_KNOWN : lostA);
        assertThat(lost(0, "B")).containsExactly(lostB == null ? NOT_KNOWN : lostB);
        assertThat(column(0, Metric.RACK_REPORTING, "")).containsExactly(1);
    }

    @Test
    void a_feed_that_the_site_model_does_not_have_cannot_be_lost() {
        Hall hall = Sites.site("small")
                .halls("h01", h -> h.feeds(new Feed(100, 240, 3), null).racks("r001"))
                .build()
                .halls()
                .getFirst();
        HallWindows windows = begun(hall);
        say(windows, "r001", 0, 8_000.0, null);
        windows.end();

        assertThat(lost(0, "A")).containsExactly(0);
        assertThat(lost(0, "B")).containsExactly(NOT_KNOWN);
        assertThat(of(0, Metric.HALL_FEED_LOST, "B")).isEqualTo(Quantity.unknown(Reason.NOT_MEASURED));
    }

    @Test
    void a_hall_counts_the_racks_without_a_feed_among_those_that_tell() {
        HallWindows windows = begun(hall(5));
        say(windows, "r001", 0, 8_000.0, null);
        say(windows, "r002", 0, 8_000.0, 0.0);
        say(windows, "r003", 0, 4_000.0, 4_000.0);
        say(windows, "r004", 0, 0.0, 0.0); // off; r005 says nothing
        windows.end();

        assertThat(of(0, Metric.HALL_FEED_LOST_RACKS, "B")).isEqualTo(Quantity.measured(2));
        assertThat(of(0, Metric.HALL_FEED_LOST, "B")).isEqualTo(Quantity.measured(2 / 3.0));
        assertThat(of(0, Metric.HALL_FEED_LOST_RACKS, "A")).isEqualTo(Quantity.measured(0));
        assertThat(of(0, Metric.HALL_RACKS_REPORTING, "")).isEqualTo(Quantity.measured(4));
    }

    @Test
    void a_hall_that_is_not_in_use_has_lost_nothing() {
        HallWindows windows = begun(hall(2));
        say(windows, "r001", 0, 0.0, 0.0);
        say(windows, "r002", 0, 0.0, null); // the second feed is not yet there
        windows.end();

        for (String feed : List.of("A", "B")) {
            assertThat(of(0, Metric.HALL_FEED_LOST_RACKS, feed)).isEqualTo(Quantity.unknown(Reason.NO_READINGS));
            assertThat(of(0, Metric.HALL_FEED_LOST, feed)).isEqualTo(Quantity.unknown(Reason.NO_READINGS));
        }
    }

    @Test
    void a_lost_feed_holds_for_three_report_intervals_and_then_the_rack_is_silent() {
        HallWindows windows = begun(hall(1));
        say(windows, "r001", 0, 4_000.0, 4_000.0);
        say(windows, "r001", 1, 8_000.0, null);

        windows.closeThrough(START + 6_000);

        assertThat(lostOverTime("B", 6)).containsExactly(0.0, 1.0, 1.0, 1.0, NOT_KNOWN, NOT_KNOWN);
        assertThat(seconds(Metric.RACK_REPORTING, "", 6)).containsExactly(1.0, 1.0, 1.0, 1.0, 0.0, 0.0);
        assertThat(seconds(Metric.RACK_COMPLETENESS, "", 6)).containsExactly(1.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    }

    @Test
    void a_feed_that_is_back_within_a_window_is_not_lost_in_it() {
        HallWindows windows = begun(hall(1));
        say(windows, "r001", 0, 8_000.0, null);
        windows.rack(RackReports.of(reading("r001", START + 500, 1, 4_000.0, 4_000.0)), 0, 1);
        windows.end();

        assertThat(lost(0, "B")).containsExactly(0);
    }

    @Test
    void a_restart_in_the_middle_of_a_second_knows_what_was_said_in_it() {
        HallWindows before = begun(hall(1));
        say(before, "r001", 0, 8_000.0, null);
        Map<String, byte[]> store = new HashMap<>();
        HallState.drainDirty(before, store::put);
        HallWindows after = taken.windows(before.model(), true);
        HallState.restore(after, before.model(), store);

        after.closeThrough(START + 2_000);

        assertThat(lostOverTime("B", 2)).containsExactly(1.0, 1.0);
    }

    private double[] lost(int second, String feed) {
        return column(second, Metric.RACK_FEED_LOST, feed);
    }

    /** NaN of each rack where the frame has no such column. */
    private double[] column(int second, Metric metric, String key) {
        RackFrame frame = taken.frames.get(second);
        double[] column = frame.column(metric, key);
        return column == null ? new double[] {NOT_KNOWN} : column;
    }

    private List<Double> lostOverTime(String feed, int seconds) {
        return seconds(Metric.RACK_FEED_LOST, feed, seconds);
    }

    private List<Double> seconds(Metric metric, String key, int seconds) {
        return IntStream.range(0, seconds)
                .mapToObj(second -> column(second, metric, key)[0])
                .toList();
    }

    private Quantity of(int second, Metric metric, String key) {
        HallMetrics metrics = taken.between(START + second * 1_000L, START + second * 1_000L + 1_000)
                .getFirst();
        return Objects.requireNonNull(metrics.quantities().get(metric, key));
    }

    private static Hall hall(int racks) {
        return Sites.site("small")
                .halls("h01", h -> h.every(Duration.ofSeconds(1)).racks("r001..r00" + racks))
                .build()
                .halls()
                .getFirst();
    }

    private HallWindows begun(Hall hall) {
        return taken.begun(hall, true);
    }

    private static void say(HallWindows windows, String rack, int second, @Nullable Double a, @Nullable Double b) {
        windows.rack(RackReports.of(reading(rack, START + second * 1_000L, second, a, b)), 0, second);
    }

    private static RackReading reading(String rack, long at, long sequence, @Nullable Double a, @Nullable Double b) {
        return new RackReading(
                new SiteId("small"),
                new HallId("h01"),
                new RackId(rack),
                Instant.ofEpochMilli(at),
                sequence,
                feed(a),
                feed(b),
                null,
                24.0,
                null,
                null);
    }

    private static @Nullable FeedReading feed(@Nullable Double watts) {
        return watts == null ? null : new FeedReading(null, watts, List.of());
    }
}
