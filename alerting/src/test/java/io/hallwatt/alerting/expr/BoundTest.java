package io.hallwatt.alerting.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.property.Seeds;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;

class BoundTest {
    @ParameterizedTest
    @Seeds(500)
    void may_hold_for_a_range_when_it_holds_for_a_value_in_it(Random seeded) {
        double least = seeded.nextInt(-3, 4);
        double most = least + seeded.nextInt(4);
        double limit = seeded.nextInt(-4, 8);
        for (Comparator comparator : Comparator.values()) {
            Bound bound = new Bound(comparator, limit);
            boolean holdsSomewhere = false;
            for (double value = least; value <= most; value += 0.5) {
                holdsSomewhere |= bound.holds(value);
            }

            assertThat(bound.mayHold(least, most))
                    .as("%s %s for %s to %s", comparator, limit, least, most)
                    .isEqualTo(holdsSomewhere);
        }
    }

    @ParameterizedTest
    @Seeds(500)
    void must_hold_for_a_range_when_it_holds_for_every_value_in_it(Random seeded) {
        double least = seeded.nextInt(-3, 4);
        double most = least + seeded.nextInt(4);
        double limit = seeded.nextInt(-4, 8);
        for (Comparator comparator : Comparator.values()) {
            Bound bound = new Bound(comparator, limit);
            boolean holdsEverywhere = true;
            for (double value = least; value <= most; value += 0.5) {
                holdsEverywhere &= bound.holds(value);
            }

            assertThat(bound.mustHold(least, most))
                    .as("%s %s for %s to %s", comparator, limit, least, most)
                    .isEqualTo(holdsEverywhere);
        }
    }
}
