package io.hallwatt.aggregate.site;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.aggregate.hall.Readings;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject.HallIt;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When a site's windows and hours are closed: by its halls, its sources, the wall clock, or their end. */
class SiteClosingTest {
    private static final long START = 1_767_268_800_000L; // on the hour
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final SiteSettings LIVE = new SiteSettings(2_000, 2_000, HOUR, true, "supply");
    private static final SiteSettings PAST = new SiteSettings(2_000, 2_000, HOUR, false, "supply");

    private final Taken taken = new Taken();
    private final Map<String, List<Long>> numbers = new HashMap<>();

    @Test
    void a_window_is_closed_when_its_halls_delivered_it_and_its_sources_spoke_past_its_end() {
        SiteWindows site = site(oneSource(), LIVE);
        source(site, "grid", 0);
        closed(site, "h01", Resolution.SECOND, 0);
        closed(site, "h02", Resolution.SECOND, 0);
        assertThat(taken.metrics).isEmpty();

        source(site, "grid", 1_000);

        assertThat(windows()).containsExactly("1s 0");
    }

    @Test
    void a_window_waits_for_the_last_hall() {
        SiteWindows site = site(oneSource(), LIVE);
        source(site, "grid", 0);
        source(site, "grid", 1_000);
        closed(site, "h01", Resolution.SECOND, 0);
        assertThat(taken.metrics).isEmpty();

        closed(site, "h02", Resolution.SECOND, 0);

        assertThat(windows()).containsExactly("1s 0");
    }

    @Test
    void a_hall_whose_input_ended_is_waited_for_no_longer_until_it_speaks_again() {
        SiteWindows site = site(oneSource(), LIVE);
        source(site, "grid", 0);
        source(site, "grid", 1_000);
        closed(site, "h01", Resolution.SECOND, 0);

        end(site, "h02");
        assertThat(windows()).containsExactly("1s 0");

        closed(site, "h02", Resolution.SECOND, 1_000);
        source(site, "grid", 2_000);
        source(site, "grid", 3_000);
        closed(site, "h01", Resolution.SECOND, 1_000);
        closed(site, "h01", Resolution.SECOND, 2_000);
        assertThat(windows()).as("of 2 s it waits for the hall").containsExactly("1s 0", "1s 1000");
    }

    @Test
    void without_sources_halls_alone_close_windows() {
        SiteWindows none = site(
                Sites.site("small").halls("h01", hall -> hall.racks("r001")).build(), LIVE);
        closed(none, "h01", Resolution.SECOND, 0);
        closed(none, "h01", Resolution.MINUTE, 0);

        assertThat(windows()).containsExactly("1s 0", "1m 0");
    }

    @Test
    void when_the_sources_input_ended_halls_alone_close_windows() {
        SiteWindows site = site(oneSource(), LIVE);
        source(site, "grid", 0);
        deliver(site, Resolution.SECOND, 0);
        assertThat(taken.metrics).isEmpty();

        site.supplyEnded();

        assertThat(windows()).contains("1s 0");
    }

    @Test
    void a_minute_waits_for_the_register_behind_its_end_15_seconds_long() {
        Site two = Sites.site("small")
                .halls("h01", hall -> hall.racks("r001"))
                .grid("grid", 2_000_000)
                .physical(SupplyKind.SOLAR, "solar", 1_000_000)
                .build();
        SiteWindows site = site(two, LIVE);
        for (long at = 0; at <= 59_000; at += 1_000) {
            source(site, "grid", at + 500);
            source(site, "solar", at);
        }
        source(site, "grid", 60_500);
        closed(site, "h01", Resolution.MINUTE, 0);
        assertThat(windows()).as("solar spoke at 59 s").isEmpty();

        for (long at = 61_500; at < 75_000; at += 1_000) {
            source(site, "grid", at);
        }
        assertThat(windows()).isEmpty();
        source(site, "grid", 75_000);
        assertThat(windows()).containsExactly("1m 0");
    }

    @Test
    void a_minute_is_closed_once_the_registers_behind_its_end_are_read() {
        SiteWindows site = site(oneSource(), LIVE);
        for (long at = 500; at < 60_000; at += 1_000) {
            source(site, "grid", at);
        }
        deliver(site, Resolution.MINUTE, 0);
        assertThat(windows()).as("all that can be spoke, not all that will").isEmpty();

        source(site, "grid", 60_000);

        assertThat(windows()).containsExactly("1m 0");
    }

    @Test
    void in_a_past_sources_that_stopped_speaking_hold_up_nobody_for_more_than_a_minute() {
        SiteWindows site = site(oneSource(), PAST);
        source(site, "grid", 0);
        deliver(site, Resolution.SECOND, 0);
        deliver(site, Resolution.SECOND, 59_000);
        assertThat(windows()).isEmpty();

        deliver(site, Resolution.SECOND, 60_000);

        assertThat(windows()).containsExactly("1s 0");
    }

    @Test
    void sources_that_speak_seldom_are_waited_for_24_of_their_intervals() {
        SiteWindows site = site(every(Duration.ofSeconds(10)), PAST);
        source(site, "grid", 0);
        deliver(site, Resolution.SECOND, 0);
        deliver(site, Resolution.SECOND, 239_000);
        assertThat(windows()).isEmpty();

        deliver(site, Resolution.SECOND, 240_000);

        assertThat(windows()).containsExactly("1s 0");
    }

    @Test
    void live_sources_that_stopped_speaking_are_the_wall_clocks_business() {
        SiteWindows site = site(oneSource(), LIVE);
        source(site, "grid", 0);
        deliver(site, Resolution.SECOND, 0);
        deliver(site, Resolution.SECOND, 600_000);

        assertThat(windows()).isEmpty();
    }

    @Test
    void the_wall_clock_closes_seconds_at_once_and_longer_windows_15_seconds_later() {
        SiteWindows site = site(oneSource(), LIVE);
        closed(site, "h01", Resolution.SECOND, 59_000);
        closed(site, "h01", Resolution.MINUTE, 0);

        site.closeThrough(START + MINUTE - 1);
        assertThat(windows()).isEmpty();
        site.closeThrough(START + MINUTE);
        assertThat(windows()).containsExactly("1s 59000");
        site.closeThrough(START + MINUTE + 14_999);
        assertThat(windows()).hasSize(1);
        site.closeThrough(START + MINUTE + 15_000);
        assertThat(windows()).containsExactly("1s 59000", "1m 0");
    }

    @Test
    void what_halls_deliver_of_closed_windows_or_of_hours_is_told() {
        SiteWindows site = site(oneSource(), LIVE);
        closed(site, "h01", Resolution.SECOND, 0);
        site.closeThrough(START + 1_000);

        assertThat(closed(site, "h02", Resolution.SECOND, 0)).isFalse();
        assertThat(closed(site, "h02", Resolution.SECOND, 1_000)).isTrue();
        assertThat(closed(site, "h02", Resolution.HOUR, 0))
                .as("hours come as energy")
                .isTrue();
    }

    @Test
    void a_sources_reading_of_a_closed_window_is_late_once_and_its_energy_counts() {
        SiteWindows site = site(oneSource(), LIVE);
        assertThat(source(site, "grid", 0)).isEqualTo(Outcome.COUNTED);
        closed(site, "h01", Resolution.SECOND, 4_000);
        site.closeThrough(START + 5_000);

        assertThat(source(site, "grid", 4_999)).isEqualTo(Outcome.LATE);
        assertThat(source(site, "grid", 4_999)).isEqualTo(Outcome.DUPLICATE);
        assertThat(source(site, "grid", 5_000)).isEqualTo(Outcome.COUNTED);
        assertThat(source(site, "grid", 5_000)).isEqualTo(Outcome.DUPLICATE);
        assertThat(source(site, "other", 5_000)).isEqualTo(Outcome.UNKNOWN_DEVICE);
        assertThat(site.registersMilliwattHours()).isEqualTo(5_000);
    }

    @Test
    void a_late_reading_is_heard_of_by_the_clock() {
        SiteWindows site = site(oneSource(), LIVE);
        closed(site, "h01", Resolution.SECOND, 4_000);
        site.closeThrough(START + 5_000);

        source(site, "grid", 3_000);

        assertThat(site.sources.clock.newest()).isEqualTo(START + 3_000);
    }

    @Test
    void the_newest_reading_of_a_second_is_that_of_its_sources_and_halls() {
        SiteWindows site = site(oneSource(), LIVE);
        source(site, "grid", 700);
        site.hall(window("h01", Resolution.SECOND, 0), START + 400);
        site.hall(window("h01", Resolution.MINUTE, 0), START + 400);
        site.closeThrough(START + 75_000);

        assertThat(taken.newest).containsExactly(START + 700, START + 400);
    }

    @Test
    void live_a_halls_hour_is_published_at_once() {
        SiteWindows site = site(oneSource(), LIVE);

        site.hall(hour("h01", 0), NEVER);

        assertThat(taken.hours).hasSize(1);
    }

    @Test
    void in_a_past_an_hour_waits_until_nothing_before_it_can_come() {
        SiteWindows site = site(oneSource(), PAST);
        site.hall(hour("h01", 0), NEVER);
        long last = 2 * HOUR + 30 * MINUTE; // a ledger grace and two quarters behind its end
        deliver(site, Resolution.QUARTER, last - 30 * MINUTE);
        source(site, "grid", last + 1_000);
        assertThat(taken.hours).isEmpty();

        closed(site, "h01", Resolution.QUARTER, last - 15 * MINUTE);
        assertThat(taken.hours).as("the other hall").isEmpty();
        closed(site, "h02", Resolution.QUARTER, last - 15 * MINUTE);
        assertThat(taken.hours).containsOnlyKeys("hall/h01/it " + Instant.ofEpochMilli(START));
    }

    @Test
    void in_a_past_an_hour_waits_for_the_sources_too() {
        SiteWindows site = site(oneSource(), PAST);
        site.hall(hour("h01", 0), NEVER);
        long last = 2 * HOUR + 30 * MINUTE;
        source(site, "grid", last - 1_000);
        deliver(site, Resolution.QUARTER, last - 15 * MINUTE);
        assertThat(taken.hours).isEmpty();

        source(site, "grid", last);

        assertThat(taken.hours).hasSize(1);
    }

    @Test
    void a_sources_hour_is_closed_a_ledger_grace_behind_its_end() {
        SiteWindows site = site(oneSource(), LIVE);
        source(site, "grid", 0);
        source(site, "grid", 30 * MINUTE);
        site.closeThrough(START + 45 * MINUTE + 15_000);
        source(site, "grid", 2 * HOUR - 1_000);
        site.closeThrough(START + 2 * HOUR - 15_000);
        assertThat(taken.hours).isEmpty();

        source(site, "grid", 2 * HOUR);

        assertThat(taken.hours).hasSize(1);
    }

    @Test
    void when_all_input_ended_all_is_published_and_the_next_starts_anew() {
        SiteWindows site = site(oneSource(), PAST);
        source(site, "grid", 0);
        source(site, "grid", 1_000);
        deliver(site, Resolution.SECOND, 0);
        site.hall(hour("h01", 0), NEVER);
        end(site, "h01");
        site.supplyEnded();
        assertThat(taken.hours).as("the other hall has not ended").isEmpty();
        assertThat(site.delivered()).isEqualTo(START + 1_000);

        end(site, "h02");

        assertThat(taken.hours)
                .containsOnlyKeys(
                        "hall/h01/it " + Instant.ofEpochMilli(START),
                        "source/grid/delivered " + Instant.ofEpochMilli(START));
        assertThat(site.sources.clock.newest()).isEqualTo(NEVER);
        site.halls.delivered(new HallId("h01"), 0, START);
        assertThat(site.halls.complete(0, START + 1_000))
                .as("before that it had delivered more")
                .isFalse();
        assertThat(site.openMilliwattHours()).isZero();
    }

    @Test
    void up_to_when_all_halls_have_delivered_is_told() {
        SiteWindows site = site(oneSource(), LIVE);
        closed(site, "h01", Resolution.SECOND, 5_000);
        assertThat(site.delivered()).isEqualTo(NEVER);
        closed(site, "h02", Resolution.SECOND, 3_000);
        assertThat(site.delivered()).isEqualTo(START + 4_000);
        end(site, "h02");
        assertThat(site.delivered()).isEqualTo(START + 6_000);
        end(site, "h01");
        assertThat(site.delivered()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_site_that_left_knows_no_source_and_its_hours_are_closed_by_the_wall_clock() {
        SiteWindows site = site(oneSource(), LIVE);
        source(site, "grid", 0);
        source(site, "grid", 1_000);
        assertThat(site.left()).isFalse();

        site.leave();
        assertThat(site.left()).isTrue();
        assertThat(source(site, "grid", 2_000)).isEqualTo(Outcome.UNKNOWN_DEVICE);
        assertThat(site.sources.clock.expected(0)).isFalse();
        site.closeThrough(START + 2 * HOUR - 1);
        assertThat(taken.hours).isEmpty();
        site.closeThrough(START + 2 * HOUR);
        assertThat(taken.hours).hasSize(1);

        site.apply(oneSource());
        assertThat(site.left()).isFalse();
        assertThat(source(site, "grid", 2 * HOUR + 1_000)).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void a_source_that_changes_in_the_model_is_the_new_one_from_then_on() {
        SiteWindows site = site(oneSource(), LIVE);

        site.apply(every(Duration.ofSeconds(10)));

        assertThat(interval(site)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void samples_that_no_window_needs_and_readings_that_cannot_come_again_are_forgotten() {
        SiteWindows site = site(oneSource(), LIVE);
        for (long at = 0; at <= 12 * HOUR; at += 5 * MINUTE) {
            source(site, "grid", at);
            deliver(site, Resolution.SECOND, at);
            if (at % (15 * MINUTE) == 0) {
                deliver(site, Resolution.QUARTER, at);
            }
            site.closeThrough(START + at - 20_000);
        }
        Map<String, byte[]> parts = parts(site);

        assertThat(parts.keySet()).filteredOn(key -> key.startsWith("samples|")).hasSizeLessThan(8);
        assertThat(parts.keySet()).filteredOn(key -> key.startsWith("seen|")).hasSizeBetween(12 * 5, 12 * 7);
    }

    @Test
    void a_restarted_site_of_another_model_is_as_one_that_was_told_of_it_while_running() {
        SiteWindows site = site(oneSource(), LIVE);
        source(site, "grid", 0);
        Map<String, byte[]> parts = parts(site);

        SiteWindows other = new SiteWindows(oneSource(), LIVE, taken);
        SiteState.restore(other, every(Duration.ofSeconds(10)), parts);
        assertThat(other.model()).isEqualTo(every(Duration.ofSeconds(10)));
        assertThat(interval(other)).isEqualTo(Duration.ofSeconds(10));

        SiteWindows gone = new SiteWindows(oneSource(), LIVE, taken);
        SiteState.restore(gone, null, parts);
        assertThat(gone.left()).isTrue();
    }

    private static Duration interval(SiteWindows site) {
        return Objects.requireNonNull(site.sources.supplies.get("grid"))
                .source()
                .reportInterval();
    }

    private static Map<String, byte[]> parts(SiteWindows site) {
        Map<String, byte[]> parts = new HashMap<>();
        SiteState.drainDirty(site, (key, bytes) -> {
            if (bytes != null) {
                parts.put(key, bytes);
            }
        });
        return parts;
    }

    private List<String> windows() {
        List<String> windows = new ArrayList<>();
        for (SiteMetrics metrics : taken.metrics) {
            Window window = metrics.window();
            String length = switch (window.resolution()) {
                case SECOND -> "1s";
                case MINUTE -> "1m";
                case QUARTER -> "15m";
                case HOUR -> "1h";
            };
            windows.add(length + " " + (window.start().toEpochMilli() - START));
        }
        return windows;
    }

    /** 1 mWh each millisecond. */
    private Outcome source(SiteWindows site, String source, long at) {
        return site.supply(Readings.source(source, START + at, number(source, at), 3_600, at, null), 0, at);
    }

    /** A source's readings are numbered as they are first given. */
    private long number(String source, long at) {
        List<Long> given = numbers.computeIfAbsent(source, s -> new ArrayList<>());
        if (!given.contains(at)) {
            given.add(at);
        }
        return given.indexOf(at);
    }

    private static void deliver(SiteWindows site, Resolution resolution, long start) {
        closed(site, "h01", resolution, start);
        closed(site, "h02", resolution, start);
    }

    private static boolean closed(SiteWindows site, String hall, Resolution resolution, long start) {
        return site.hall(window(hall, resolution, start), NEVER);
    }

    private static HallReport window(String hall, Resolution resolution, long start) {
        return new HallReport.Closed(new HallMetrics(
                new SiteId("small"),
                new HallId(hall),
                new Window(Instant.ofEpochMilli(START + start), resolution),
                0,
                1,
                Quantities.builder().build()));
    }

    private static void end(SiteWindows site, String hall) {
        site.hall(new HallReport.Ended(new HallId(hall)), NEVER);
    }

    private static HallReport hour(String hall, int hour) {
        return new HallReport.Hour(new EnergyHour(
                new SiteId("small"),
                new HallIt(new HallId(hall)),
                Instant.ofEpochMilli(START + hour * HOUR),
                0,
                5,
                0,
                1,
                1,
                null,
                new EnergyHour.Evidence(1, null, null, List.of(), List.of(), List.of())));
    }

    private SiteWindows site(Site model, SiteSettings settings) {
        SiteWindows site = new SiteWindows(model, settings, taken);
        site.apply(model);
        return site;
    }

    private static Site oneSource() {
        return every(Duration.ofSeconds(1));
    }

    private static Site every(Duration interval) {
        return Sites.site("small")
                .halls("h01..h02", hall -> hall.racks("r001"))
                .source(new SupplySource(
                        new SourceId("grid"),
                        SupplyKind.GRID,
                        true,
                        false,
                        2_000_000,
                        null,
                        Sites.MODULUS,
                        1,
                        interval))
                .build();
    }
}
