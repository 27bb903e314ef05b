package io.hallwatt.contract.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultsTest {
    @Test
    void are_told_in_the_files_order_whatever_the_order_in_which_they_were_found() {
        Faults faults = new Faults("f.yaml");
        faults.at(20, 3, "c");
        faults.at(9, 12, "b");
        faults.unless(false, "no place");
        faults.at(9, 2, "a");

        assertThat(faults.list())
                .containsExactly("f.yaml: no place", "f.yaml:9:2: a", "f.yaml:9:12: b", "f.yaml:20:3: c");
    }

    @Test
    void of_very_many_the_first_of_the_file_are_shown() {
        Faults faults = new Faults("f.yaml");
        for (int line = 60; line > 0; line--) {
            faults.at(line, 1, "x");
        }

        assertThat(faults.shown())
                .hasSize(51)
                .startsWith("f.yaml:1:1: x", "f.yaml:2:1: x")
                .endsWith("f.yaml:50:1: x", "f.yaml: and 10 faults more");
    }
}
