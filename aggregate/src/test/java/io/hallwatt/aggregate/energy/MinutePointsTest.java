package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinutePointsTest {
    private static final long START = 600_000;
    private static final int[] SAME = {0, 1};

    private final MinutePoints minute = new MinutePoints(START, 2);

    @Test
    void the_first_and_the_last_reading_are_kept_whatever_their_order() {
        assertThat(minute.add(0, START + 30_000, 300, 5)).isTrue();
        assertThat(minute.add(0, START + 59_999, 600, 6)).isTrue();
        assertThat(minute.add(0, START, 0, 4)).isTrue();
        assertThat(minute.add(0, START + 30_000, 300, 5)).isFalse();
        assertThat(minute.add(0, START + 40_000, 400, 5)).isFalse();

        assertThat(points(minute, 0)).containsExactly("0: 0 mWh, 4 W", "59999: 600 mWh, 6 W");
        assertThat(minute.oldest(0)).isEqualTo(START);
        assertThat(minute.newest(0)).isEqualTo(START + 59_999);
    }

    @Test
    void one_reading_is_first_and_last() {
        minute.add(0, START + 7, 300, -1);

        assertThat(points(minute, 0)).containsExactly("7: 300 mWh, -1 W");
        assertThat(minute.has(1)).isFalse();
        assertThat(points(minute, 1)).isEmpty();
    }

    @Test
    void of_two_values_at_one_instant_the_smaller_counts_and_of_two_powers_with_it() {
        minute.add(0, START + 7, 300, 20);
        assertThat(minute.add(0, START + 7, 301, 10)).isFalse();
        assertThat(minute.add(0, START + 7, 300, 21)).isFalse();
        assertThat(minute.add(0, START + 7, 300, 20)).isFalse();
        assertThat(points(minute, 0)).containsExactly("7: 300 mWh, 20 W");

        assertThat(minute.add(0, START + 7, 300, 19)).isTrue();
        assertThat(points(minute, 0)).containsExactly("7: 300 mWh, 19 W");

        assertThat(minute.add(0, START + 7, 299, 50)).isTrue();
        assertThat(points(minute, 0)).containsExactly("7: 299 mWh, 50 W");
    }

    @Test
    void the_smaller_of_two_values_counts_at_the_last_instant_too() {
        minute.add(0, START + 7, 300, 20);
        minute.add(0, START + 50, 400, 20);

        assertThat(minute.add(0, START + 50, 400, 20)).isFalse();
        assertThat(minute.add(0, START + 50, 401, 1)).isFalse();
        assertThat(minute.add(0, START + 50, 400, 19)).isTrue();
        assertThat(points(minute, 0)).containsExactly("7: 300 mWh, 20 W", "50: 400 mWh, 19 W");
        assertThat(minute.add(0, START + 50, 399, 90)).isTrue();
        assertThat(points(minute, 0)).containsExactly("7: 300 mWh, 20 W", "50: 399 mWh, 90 W");
    }

    @Test
    void before_the_minute_is_over_its_first_reading_alone_is_known_and_only_once_it_lies_behind() {
        minute.add(0, START + 7, 300, 20);
        minute.add(0, START + 50, 400, 20);

        assertThat(first(START + 7)).isEqualTo(RegisterFold.NOTHING);
        assertThat(first(START + 8).accepted()).isEqualTo(new RegisterPoint(START + 7, 300));
        assertThat(first(START + 59_000).accepted()).isEqualTo(new RegisterPoint(START + 7, 300));
        assertThat(minute.foldFirst(1, meter(), RegisterFold.NOTHING, Track.untold(), START + 8))
                .isEqualTo(RegisterFold.NOTHING);
    }

    @Test
    void is_to_be_written_when_something_changed_and_only_then() {
        assertThat(minute.takeDirty()).isTrue();
        assertThat(minute.takeDirty()).isFalse();

        minute.add(0, START + 7, 300, 20);
        assertThat(minute.takeDirty()).isTrue();

        minute.add(0, START + 7, 300, 20);
        assertThat(minute.takeDirty()).isFalse();

        minute.add(0, START + 8, 300, 20);
        assertThat(minute.takeDirty()).as("a new last reading").isTrue();

        minute.add(0, START + 6, 300, 20);
        assertThat(minute.takeDirty()).as("a new first reading").isTrue();

        minute.markDirty();
        assertThat(minute.takeDirty()).isTrue();
    }

    @Test
    void comes_back_as_it_was_written() {
        minute.add(0, START + 7, 300, 20);
        minute.add(1, START + 8, 9_000, -1);
        minute.add(1, START + 50, 8_000, 70);

        assertThat(read(minute, SAME)).usingRecursiveComparison().isEqualTo(minute);
    }

    @Test
    void a_silent_meter_comes_back_silent() {
        minute.add(1, START + 8, 9_000, -1);

        MinutePoints read = read(minute, SAME);

        assertThat(read.has(0)).isFalse();
        assertThat(points(read, 1)).containsExactly("8: 9000 mWh, -1 W");
    }

    @Test
    void meters_come_back_under_other_numbers_and_those_that_are_gone_do_not() {
        minute.add(0, START + 7, 300, 20);
        minute.add(0, START + 9, 302, 21);
        minute.add(1, START + 8, 9_000, -1);

        MinutePoints swapped = read(minute, new int[] {1, 0});
        MinutePoints without = read(minute, new int[] {-1, 0});

        assertThat(points(swapped, 1)).containsExactly("7: 300 mWh, 20 W", "9: 302 mWh, 21 W");
        assertThat(points(swapped, 0)).containsExactly("8: 9000 mWh, -1 W");
        assertThat(points(without, 0)).containsExactly("8: 9000 mWh, -1 W");
        assertThat(without.has(1)).isFalse();
    }

    private static MinutePoints read(MinutePoints minute, int[] meterOf) {
        PartWriter out = new PartWriter();
        minute.write(out);
        MinutePoints read = new MinutePoints(START, meterOf.length);
        read.read(new PartReader(out.toBytes()), meterOf);
        return read;
    }

    private RegisterFold first(long until) {
        return minute.foldFirst(0, meter(), RegisterFold.NOTHING, Track.untold(), until);
    }

    /** What the minute gives to a fold, as text: both of its points where there are two. */
    private static List<String> points(MinutePoints minute, int meter) {
        List<String> points = new ArrayList<>();
        if (minute.has(meter)) {
            RegisterFold first = minute.foldFirst(meter, meter(), RegisterFold.NOTHING, Track.untold(), Long.MAX_VALUE);
            points.add(text(first));
        }
        RegisterFold all = minute.fold(meter, meter(), RegisterFold.NOTHING, Track.untold());
        if (minute.has(meter) && minute.newest(meter) > minute.oldest(meter)) {
            points.add(text(all));
        }
        return points;
    }

    private static String text(RegisterFold fold) {
        RegisterPoint seen = fold.suspect() == null ? fold.accepted() : fold.suspect();
        return seen == null
                ? "nothing"
                : "%d: %d mWh, %d W".formatted(fold.seenAt() - START, seen.milliwattHours(), fold.seenWatts());
    }

    private static MeterSpec meter() {
        return new MeterSpec("r001/A", 0, 140_000_000, Duration.ofSeconds(1), 1);
    }
}
