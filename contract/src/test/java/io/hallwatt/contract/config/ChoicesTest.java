package io.hallwatt.contract.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.site.AshraeClass;
import io.hallwatt.contract.site.SupplyKind;
import org.junit.jupiter.api.Test;

class ChoicesTest {
    private enum Pace {
        AS_IT_COMES,
        HURRIED
    }

    @Test
    void words_are_lower_case_and_designations_as_the_field_writes_them() {
        assertThat(Choices.of(Pace.class)).containsExactly("as-it-comes", "hurried");
        assertThat(Choices.of(AshraeClass.class)).containsExactly("A1", "A2", "A3", "A4", "H1");
    }

    @Test
    void either_case_is_read() {
        assertThat(Choices.read(Pace.class, "As-It-Comes")).contains(Pace.AS_IT_COMES);
        assertThat(Choices.read(AshraeClass.class, "a2")).contains(AshraeClass.A2);
        assertThat(Choices.read(AshraeClass.class, "A5")).isEmpty();
    }

    @Test
    void what_is_none_is_answered_with_all_and_the_nearest() {
        assertThat(Choices.none(SupplyKind.class, "solr"))
                .isEqualTo("\"solr\" is none of solar, wind, hydro, battery, grid; did you mean \"solar\"?");
        assertThat(Choices.none(AshraeClass.class, "7")).isEqualTo("\"7\" is none of A1, A2, A3, A4, H1");
    }
}
