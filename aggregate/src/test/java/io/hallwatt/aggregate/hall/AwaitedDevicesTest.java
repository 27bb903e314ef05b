package io.hallwatt.aggregate.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.rack.RackReports;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who was never heard is silent when its first report was due, not before, and not never. */
class AwaitedDevicesTest {
    private static final long START = Taken.START;
    private static final double NOT_KNOWN = Double.NaN;

    private final Taken taken = new Taken();

    @Test
    void a_rack_that_speaks_later_in_its_first_interval_was_not_silent_before() {
        HallWindows windows = begun(hall(1, 2));
        rack(windows, "r001", START + 700);
        unit(windows, START + 800);
        rack(windows, "r002", START + 1_200);
        rack(windows, "r001", START + 1_700);

        windows.closeThrough(START + 2_000);

        assertThat(silentRacks()).containsExactly(0, 0);
        assertThat(completeness(0)).containsExactly(0.3, NOT_KNOWN);
        assertThat(completeness(1)).containsExactly(1, 0.8);
    }

    @Test
    void a_rack_and_a_unit_that_never_speak_are_silent_three_intervals_after_the_hall_began() {
        HallWindows windows = begun(hall(1, 2));
        for (int second = 0; second < 6; second++) {
            rack(windows, "r001", START + second * 1_000L);
        }

        windows.closeThrough(START + 6_000);

        assertThat(silentRacks()).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(of(Metric.HALL_COOLING_UNITS_SILENT)).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(completeness(2)).containsExactly(1, NOT_KNOWN);
        assertThat(completeness(3)).containsExactly(1, 0);
    }

    @Test
    void a_slow_rack_has_three_of_its_own_intervals() {
        HallWindows windows = begun(hall(Duration.ofSeconds(10), 1, 2));
        for (int second = 0; second < 40; second += 10) {
            rack(windows, "r001", START + second * 1_000L);
        }

        windows.closeThrough(START + 40_000);

        assertThat(silentRacks().subList(0, 30)).containsOnly(0);
        assertThat(silentRacks().subList(30, 40)).containsOnly(1);
    }

    @Test
    void a_restart_gives_nobody_its_time_anew() {
        Map<String, byte[]> store = new HashMap<>();
        HallWindows windows = begun(hall(1, 2));
        for (int second = 0; second < 6; second++) {
            rack(windows, "r001", START + second * 1_000L);
            windows.closeThrough(START + second * 1_000L);
            windows = restarted(windows, store);
        }

        windows.closeThrough(START + 6_000);

        assertThat(silentRacks()).containsExactly(0, 0, 0, 1, 1, 1);
    }

    @Test
    void a_rack_that_the_model_gains_has_its_own_time() {
        HallWindows windows = begun(hall(1, 1));
        for (int second = 0; second < 12; second++) {
            if (second == 5) {
                windows.closeThrough(START + 5_000);
                windows.apply(hall(1, 2));
            }
            rack(windows, "r001", START + second * 1_000L);
        }

        windows.closeThrough(START + 12_000);

        assertThat(silentRacks()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1);
    }

    @Test
    void after_a_hole_in_which_nobody_listened_those_heard_before_it_have_their_time_anew() {
        HallWindows windows = begun(hall(1, 3));
        for (int second = 0; second < 6; second++) {
            rack(windows, "r001", START + second * 1_000L);
            rack(windows, "r002", START + second * 1_000L);
        }
        windows.closeThrough(START + 6_000);
        taken.metrics.clear();
        for (int second = 300; second < 306; second++) {
            rack(windows, "r001", START + second * 1_000L);
        }

        windows.closeThrough(START + 306_000);

        assertThat(silentRacks()).as("r003 was silent before").containsExactly(1, 1, 1, 2, 2, 2);
    }

    @Test
    void in_a_hall_that_comes_back_to_the_model_all_have_their_time_anew() {
        HallWindows windows = begun(hall(1, 2));
        for (int second = 0; second < 6; second++) {
            rack(windows, "r001", START + second * 1_000L);
            rack(windows, "r002", START + second * 1_000L);
        }
        windows.closeThrough(START + 6_000);
        windows.leave();
        windows.closeThrough(START + 300_000);
        taken.metrics.clear();

        windows.apply(hall(1, 2));
        for (int second = 300; second < 306; second++) {
            rack(windows, "r001", START + second * 1_000L);
        }
        windows.closeThrough(START + 306_000);

        assertThat(silentRacks()).containsExactly(0, 0, 0, 1, 1, 1);
    }

    @Test
    void a_silence_that_was_listened_to_gives_nobody_its_time_anew() {
        HallWindows windows = begun(hall(1, 2));
        rack(windows, "r001", START);
        rack(windows, "r002", START);
        rack(windows, "r001", START + 20_000);

        windows.closeThrough(START + 21_000);

        assertThat(silentRacks().getLast()).isEqualTo(1);
    }

    @Test
    void how_many_racks_of_a_hall_report_is_not_known_while_all_are_awaited() {
        HallWindows windows = begun(hall(1, 2));
        windows.await(START + 1_000, START);

        windows.closeThrough(START + 5_000);

        assertThat(taken.seconds())
                .extracting(second -> second.quantities().get(Metric.HALL_RACKS_REPORTING))
                .containsExactly(
                        Quantity.unknown(Reason.NO_READINGS),
                        Quantity.unknown(Reason.NO_READINGS),
                        Quantity.measured(0),
                        Quantity.measured(0));
        assertThat(silentRacks()).containsExactly(0, 0, 2, 2);
    }

    @Test
    void what_comes_after_an_end_of_the_input_begins_anew() {
        HallWindows windows = begun(hall(1, 2));
        rack(windows, "r001", START);
        rack(windows, "r002", START);
        windows.end();
        taken.metrics.clear();
        rack(windows, "r001", START + 3_600_000);

        windows.closeThrough(START + 3_601_000);

        assertThat(silentRacks()).containsExactly(0);
    }

    private List<Integer> silentRacks() {
        return of(Metric.HALL_RACKS_SILENT);
    }

    private List<Integer> of(Metric metric) {
        return taken.seconds().stream()
                .map(second -> (int) second.quantities().value(metric).orElseThrow())
                .toList();
    }

    private double[] completeness(int second) {
        double[] all = Objects.requireNonNull(taken.frames.get(second).column(Metric.RACK_COMPLETENESS, ""));
        return all;
    }

    private HallWindows restarted(HallWindows running, Map<String, byte[]> store) {
        HallState.drainDirty(running, store::put);
        HallWindows windows = taken.windows(running.model(), true);
        HallState.restore(windows, running.model(), store);
        return windows;
    }

    private static Hall hall(int firstRack, int lastRack) {
        return hall(Duration.ofSeconds(1), firstRack, lastRack);
    }

    private static Hall hall(Duration every, int firstRack, int lastRack) {
        return Sites.site("small")
                .halls(
                        "h01",
                        h -> h.every(every)
                                .racks("r00%d..r00%d".formatted(firstRack, lastRack))
                                .crah("crah-1"))
                .build()
                .halls()
                .getFirst();
    }

    private HallWindows begun(Hall hall) {
        return taken.begun(hall, true);
    }

    private static void rack(HallWindows windows, String rack, long at) {
        long sequence = (at - START) / 1_000;
        windows.rack(RackReports.of(Readings.rack("h01", rack, at, sequence, 10, sequence, 22)), 0, sequence);
    }

    private static void unit(HallWindows windows, long at) {
        windows.cooling(Readings.unit("h01", "crah-1", at, 0, 5_000, 0, CoolingState.RUNNING), 0, 0);
    }
}
