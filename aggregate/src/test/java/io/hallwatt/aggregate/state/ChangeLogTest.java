package io.hallwatt.aggregate.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
    private final ChangeLog log = new ChangeLog();

    @Test
    void the_first_commit_writes_all() {
        assertThat(log.isFull()).isTrue();
        assertThat(log.nextAge()).isEqualTo(1);
        assertThat(log.age()).isEqualTo(1);
        assertThat(log.isFull()).isFalse();
    }

    @Test
    void all_is_written_again_after_so_many_commits_of_changes() {
        log.nextAge();
        for (int commit = 0; commit < ChangeLog.MOST; commit++) {
            assertThat(log.isFull()).isFalse();
            assertThat(log.nextPlace()).isEqualTo(commit);
        }

        assertThat(log.isFull()).isTrue();
        assertThat(log.nextAge()).isEqualTo(2);
        assertThat(log.nextPlace()).as("the places are used again").isZero();
    }

    @Test
    void what_no_longer_fits_is_written_whole() {
        log.nextAge();
        log.nextPlace();

        log.startOver();

        assertThat(log.isFull()).isTrue();
    }

    @Test
    void changes_are_read_place_by_place_as_long_as_they_are_of_the_wholes_age() {
        List<String> read = new ArrayList<>();

        log.read(7, (place, age) -> {
            read.add(place + " of age " + age);
            return place < 2;
        });

        assertThat(read).containsExactly("0 of age 7", "1 of age 7", "2 of age 7");
        assertThat(log.age()).isEqualTo(7);
        assertThat(log.isFull()).isTrue();
        assertThat(log.nextAge()).isEqualTo(8);
    }

    @Test
    void there_are_no_more_places_than_are_written() {
        List<Integer> read = new ArrayList<>();

        log.read(1, (place, age) -> read.add(place));

        assertThat(read).hasSize(ChangeLog.MOST).endsWith(ChangeLog.MOST - 1);
    }

    @Test
    void one_that_follows_another_is_of_a_later_age_than_all_that_is_there() {
        ChangeLog before = new ChangeLog();
        before.nextAge();
        before.nextAge();
        log.nextAge();

        log.follow(before);

        assertThat(log.isFull()).isTrue();
        assertThat(log.nextAge()).isEqualTo(3);
        before.follow(log);
        assertThat(before.nextAge()).isEqualTo(4);
    }
}
