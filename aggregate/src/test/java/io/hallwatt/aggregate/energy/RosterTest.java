package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {
    @Test
    void whoever_leaves_the_site_model_stays_behind_those_of_today_and_is_not_expected() {
        Roster roster = Roster.of(meters("a", "b", "c")).with(meters("c", "d"), Long.MIN_VALUE);

        assertThat(names(roster.meters())).containsExactly("c", "d", "a", "b");
        assertThat(names(roster.expectedMeters())).containsExactly("c", "d");
        assertThat(roster.expects(1, 0)).isTrue();
        assertThat(roster.expects(2, 0)).isFalse();
    }

    @Test
    void whoever_joins_is_expected_from_then_on_and_whoever_was_there_goes_on() {
        Roster roster = Roster.of(meters("a")).with(meters("b", "a"), 5_000).with(meters("a", "b", "c"), 9_000);

        assertThat(roster.expects(0, 0)).isTrue();
        assertThat(roster.expects(1, 4_999)).isFalse();
        assertThat(roster.expects(1, 5_000)).isTrue();
        assertThat(roster.expects(2, 5_000)).isFalse();
        assertThat(roster.with(meters("a"), 9_000)
                        .with(meters("a", "b"), 12_000)
                        .expects(1, 9_000))
                .as("it left, and came back")
                .isFalse();
    }

    @Test
    void whoever_is_done_is_remembered_by_what_it_gave_alone() {
        Roster roster = Roster.of(meters("a", "b", "c"))
                .with(meters("c"), Long.MIN_VALUE)
                .without(Set.of(1), 500);

        assertThat(names(roster.meters())).containsExactly("c", "b");
        assertThat(roster.departedMilliwattHours()).isEqualTo(500);
        assertThat(roster.without(Set.of(1), 70).departedMilliwattHours()).isEqualTo(570);
        assertThat(roster.with(meters("e"), Long.MIN_VALUE).departedMilliwattHours())
                .isEqualTo(500);
    }

    @Test
    void comes_back_as_it_was_written() {
        Roster roster = new Roster(
                List.of(
                        new MeterSpec("r001/A", 4_294_967_296_000L, 140_000.5, Duration.ofMillis(1_500), 1_000),
                        new MeterSpec("solar", 0, 1e7, Duration.ofMinutes(15), 1)),
                1,
                Map.of("r001/A", 12_000L),
                77);

        assertThat(Roster.read(roster.write())).isEqualTo(roster);
    }

    private static List<String> names(List<MeterSpec> meters) {
        return meters.stream().map(MeterSpec::name).toList();
    }

    private static List<MeterSpec> meters(String... names) {
        return List.of(names).stream()
                .map(name -> new MeterSpec(name, 0, 140_000, Duration.ofSeconds(1), 1))
                .toList();
    }
}
