package io.hallwatt.contract.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void a_name_is_meant_that_is_a_third_of_its_letters_away_at_most() {
        List<String> known = List.of("expr", "for", "keep_firing_for");

        assertThat(Nearest.to("exp", known)).contains("expr");
        assertThat(Nearest.to("keepfiringfor", known)).contains("keep_firing_for");
        assertThat(Nearest.to("frobnicate", known)).isEmpty();
    }

    @Test
    void two_letters_that_changed_places_are_one_slip() {
        assertThat(Nearest.hint("fro", List.of("expr", "for"))).isEqualTo("; did you mean \"for\"?");
        assertThat(Nearest.to("orf", List.of("for"))).isEmpty();
    }

    @Test
    void a_sentence_ends_once() {
        assertThat(Nearest.ending("fro", List.of("for"))).isEqualTo("; did you mean \"for\"?");
        assertThat(Nearest.ending("x", List.of("for"))).isEqualTo(".");
    }
}
