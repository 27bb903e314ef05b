package io.hallwatt.alerting.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.Resolution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    private static final String SHARE = "hallwatt_hall_completeness_ratio";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "avg_over_time(%s[5m])             | 0         | 1",
                "sum_over_time(%s[5m])             | 0         | 300",
                "count_over_time(%s[5s])           | 1         | 5",
                "deriv(%s[5m])                     | -Infinity | Infinity",
                "%s * 100 + 1                      | 1         | 101",
                "1 - %s                            | 0         | 1",
                "-%s / 2                           | -0.5      | 0",
                "2 / %s                            | -Infinity | Infinity",
                "abs(%s - 3)                       | 2         | 3",
                "abs(%s * 4 - 3)                   | 0         | 3",
                "clamp(%s, 0.2, 5)                 | 0.2       | 1",
                "clamp_min(hallwatt_hall_it_power_watts, 7) + 0 | 7 | Infinity",
                "(%s > bool 3) + 0                 | 0         | 1",
                "(%s > 0.5) + 1                    | 1         | 2",
                "absent(%s) + 0                    | 1         | 1",
                "(%s or %s * 5) + 0                | 0         | 5",
                "(%s unless %s * 5) + 0            | 0         | 1",
                "%s + %s                           | -Infinity | Infinity",
                "hallwatt_hall_racks_silent * 0    | -Infinity | Infinity"
            })
    void are_never_narrower_than_what_the_expression_can_come_to(String expr, double least, double most)
            throws ExprFault {
        Condition condition = Condition.parse(expr.replace("%s", SHARE));

        assertThat(condition)
                .isInstanceOfSatisfying(
                        Condition.Computed.class,
                        computed -> assertThat(Values.of(computed.formula(), Resolution.SECOND))
                                .isEqualTo(new Values(least, most)));
    }
}
