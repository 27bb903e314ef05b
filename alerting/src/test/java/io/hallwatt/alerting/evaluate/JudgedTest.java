package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.catalogue.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgedTest {
    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");
    private static final String ROW = "s1/h01";

    private final Judged judged = new Judged();

    @Test
    void what_was_in_breach_is_known_of_each_window() {
        judge(10, second -> second % 3 == 0 ? racks(1, 2) : second % 3 == 1 ? racks(2) : Set.of());

        assertThat(in(6, 9)).isEqualTo(racks(1, 2));
        assertThat(in(7, 9)).isEqualTo(racks(2));
        assertThat(in(8, 9)).isEmpty();
    }

    @Test
    void a_window_that_was_restated_changes_no_other() {
        judge(10, second -> racks(1));

        judged.restate(ROW, end(5), Duration.ofSeconds(1), racks(1, 2));

        assertThat(in(4, 9)).isEqualTo(racks(1));
        assertThat(in(5, 9)).isEqualTo(racks(1, 2));
        assertThat(in(6, 9)).isEqualTo(racks(1));
    }

    @Test
    void nothing_is_known_from_before_the_start_nor_of_what_is_old() {
        judge(2_000, second -> racks(1));

        assertThat(judged.in(ROW, end(1_500), end(1_999), end(1_600))).isNull();
        assertThat(in(1_000, 1_999)).isNull();
        assertThat(in(1_100, 1_999)).isEqualTo(racks(1));
    }

    @Test
    void a_window_that_was_not_judged_hides_what_was_before_it() {
        judge(5, second -> racks(1));
        judged.forget(ROW, end(5));
        judged.judged(ROW, end(6), racks(2));

        assertThat(in(4, 6)).isNull();
        assertThat(in(5, 6)).isNull();
        assertThat(in(6, 6)).isEqualTo(racks(2));
    }

    @Test
    void what_changes_with_each_window_is_known_for_so_many_windows() {
        judge(500, second -> racks(second % 2));

        assertThat(in(500 - Judged.MOST_CHANGES - 1, 499)).isNull();
        assertThat(in(500 - Judged.MOST_CHANGES, 499)).isEqualTo(racks(0));
        assertThat(in(499, 499)).isEqualTo(racks(1));
    }

    private void judge(int seconds, IntFunction<Set<AlertKey>> breaches) {
        for (int second = 0; second < seconds; second++) {
            judged.judged(ROW, end(second), breaches.apply(second));
        }
    }

    private @Nullable Set<AlertKey> in(int second, int newest) {
        return judged.in(ROW, end(second), end(newest), end(0));
    }

    private static Instant end(int second) {
        return START.plusSeconds(second);
    }

    private static Set<AlertKey> racks(int... racks) {
        return IntStream.of(racks)
                .mapToObj(rack -> new AlertKey("rule", Scope.RACK, ROW, "r%03d".formatted(rack), "", false))
                .collect(Collectors.toSet());
    }
}
