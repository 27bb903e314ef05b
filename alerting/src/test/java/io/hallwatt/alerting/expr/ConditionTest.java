package io.hallwatt.alerting.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.hallwatt.contract.catalogue.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "hallwatt_rack_feed_load_ratio > 0.8                  | 0.81 | 0.80",
                "hallwatt_rack_feed_load_ratio >= 0.8                 | 0.80 | 0.79",
                "hallwatt_rack_feed_load_ratio < .5                   | 0.4  | 0.5",
                "hallwatt_rack_feed_load_ratio <= 5e-1                | 0.5  | 0.6",
                "hallwatt_rack_feed_load_ratio == 1                   | 1    | 0",
                "hallwatt_rack_feed_load_ratio != 0x10                | 1    | 16",
                "0.8 < hallwatt_rack_feed_load_ratio                  | 0.9  | 0.8",
                "80 >= hallwatt_rack_feed_load_ratio                  | 80   | 81",
                "((hallwatt_rack_feed_load_ratio)) > (+2)             | 3    | 2",
                "hallwatt_rack_feed_load_ratio > -1 < 1 # in between  | 0    | 1",
                "hallwatt_rack_feed_load_ratio < Inf                  | 1e9  | Infinity"
            })
    void holds_as_promql_does(String expr, double on, double off) throws ExprFault {
        Condition condition = Condition.parse(expr);

        assertThat(condition.holds(on)).isTrue();
        assertThat(condition.holds(off)).isFalse();
    }

    @Test
    void reads_a_selector_with_its_matchers() throws ExprFault {
        Condition condition = Condition.parse(
                "hallwatt_rack_feed_load_ratio{hall=\"h01\", rack!='r001', feed=~`A|B`, site!~\"x.*\",} > 0.8");

        assertThat(condition).asInstanceOf(type(Condition.Watched.class)).satisfies(watched -> {
            assertThat(watched.watched()).isEqualTo(Metric.RACK_FEED_LOAD);
            assertThat(watched.matchers())
                    .extracting(LabelMatcher::toString)
                    .containsExactly("hall=\"h01\"", "rack!=\"r001\"", "feed=~\"A|B\"", "site!~\"x.*\"");
            assertThat(watched.threshold()).contains(0.8);
        });
    }

    @Test
    void matches_a_regular_expression_against_the_whole_value() throws ExprFault {
        LabelMatcher some = LabelMatcher.of("hall", "=~", "h0", 0);
        LabelMatcher none = LabelMatcher.of("hall", "!~", "h0.*", 0);

        assertThat(List.of(some.matches("h0"), some.matches("h01"))).containsExactly(true, false);
        assertThat(List.of(none.matches("h01"), none.matches("x1"))).containsExactly(false, true);
    }

    @Test
    void reads_absent_and_the_watchdogs_form() throws ExprFault {
        assertThat(Condition.parse("absent(hallwatt_hall_it_power_watts{hall=\"h07\"})"))
                .isInstanceOf(Condition.Absence.class);
        assertThat(Condition.parse("vector(1)")).isEqualTo(new Condition.Always(1, List.of()));
        assertThat(Condition.parse("vector(1) > 0"))
                .asInstanceOf(type(Condition.Always.class))
                .satisfies(always -> assertThat(always.holds(always.value())).isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "                                          | 0 | the expression is empty",
                "sum by (hall) (hallwatt_rack_power_watts) | 0 | \"sum by\" is PromQL, but outside the subset that runs here: rules run on one rack, hall or site at a time; the catalogue has hallwatt_hall_it_power_watts",
                "topk(3, hallwatt_rack_power_watts)        | 0 | \"topk\" is PromQL, but outside the subset that runs here: rules run on one rack, hall or site at a time; the catalogue's hall and site metrics are the sums",
                "1 < avg(hallwatt_rack_power_watts)        | 4 | \"avg\" is PromQL, but outside the subset",
                "irate(hallwatt_rack_power_watts[5m]) > 1  | 0 | \"irate(…)\" is PromQL, but outside the subset that runs here: write rate(…) over a short range",
                "hallwatt_rack_power_watts[5m] > 1         | 0 | hallwatt_rack_power_watts[5m] is a range: give it to a function, as in avg_over_time(hallwatt_rack_power_watts[5m])",
                "hallwatt_rack_power_watts[5m:1m]          | 25 | \"a subquery [5m:…]\" is PromQL, but outside the subset that runs here: take a range of the metric itself",
                "hallwatt_rack_power_watts[1s1h]           | 26 | \"1s1h\" is no duration: write its units from the longest to the shortest",
                "hallwatt_rack_power_watts[5]              | 26 | \"5\" stands where a duration belongs, as in [5m]",
                "avg_over_time(hallwatt_rack_power_watts) > 1 | 14 | avg_over_time(…) takes a range: write hallwatt_rack_power_watts[5m]",
                "avg_over_time((hallwatt_rack_power_watts > 1)[5m]) > 1 | 45 | a range is of a metric with its matchers, as in metric[5m]",
                "predict_linear(hallwatt_rack_power_watts[5m]) > 1 | 0 | predict_linear(…) takes 2 arguments, not 1",
                "predict_linear(hallwatt_rack_power_watts[5m], hallwatt_rack_power_watts) > 1 | 46 | hallwatt_rack_power_watts stands where a number belongs",
                "hallwatt_rack_power_watts offset 5m > 1   | 26 | \"offset\" is PromQL, but outside the subset that runs here: rules look at what is now",
                "hallwatt_rack_power_watts @ 5 > 1         | 26 | \"@\" is PromQL, but outside the subset",
                "hallwatt_rack_power_watts > 1 and vector(1) | 30 | hallwatt_rack_power_watts > 1 is a rack's, vector(1) is nobody's: it has no labels: all metrics",
                "hallwatt_rack_power_watts > 1 and 1       | 30 | and joins metrics, and the number 1 is none: write vector(…), or a comparison",
                "hallwatt_rack_power_watts + bool 1        | 28 | bool belongs after a comparison, not after \"+\"",
                "hallwatt_rack_power_watts > on (rack) hallwatt_rack_power_watts | 28 | \"on\" is PromQL, but outside the subset that runs here: both sides have the same labels",
                "hallwatt_rack_power_watts / hallwatt_hall_it_power_watts > 1 | 26 | hallwatt_rack_power_watts is a rack's, hallwatt_hall_it_power_watts is a hall's: all metrics of one expression are of racks, of halls, or of sites; write a rule for each",
                "hallwatt_rack_power_watts > hallwatt_rack_feed_power_watts | 26 | hallwatt_rack_feed_power_watts has the label feed, hallwatt_rack_power_watts has not: their elements never meet",
                "clamp(hallwatt_rack_power_watts, 2, 1) > 1 | 0 | clamp(…) to between 2.0 and 1.0 holds nothing",
                "1 and 2                                   | 0 | and joins metrics, not numbers",
                "{hall=\"h01\"} > 1                        | 0 | \"a selector without a metric's name\" is PromQL",
                "rat(hallwatt_rack_power_watts)            | 0 | \"rat\" is no function of PromQL; did you mean \"rate\"?",
                "hallwatt_rack_powr_watts > 1              | 0 | no metric of the catalogue is called \"hallwatt_rack_powr_watts\"; did you mean \"hallwatt_rack_power_watts\"?",
                "hallwatt_rack_power_watts{hal=\"h01\"} > 1 | 26 | hallwatt_rack_power_watts has no label \"hal\", but site, hall, rack; did you mean \"hall\"?",
                "hallwatt_rack_power_watts{hall=~\"h(\"} > 1 | 32 | \"h(\" is no regular expression (RE2): missing closing )",
                "hallwatt_rack_power_watts{hall=h01} > 1   | 31 | \"h01\" cannot stand here: a value in quotes belongs here",
                "hallwatt_rack_power_watts{hall} > 1       | 30 | \"}\" cannot stand here: one of = != =~ !~ belongs here",
                "hallwatt_rack_power_watts{hall=\"h01} > 1 | 31 | a quoted text without its closing \"",
                "hallwatt_rack_power_watts >               | 27 | the expression breaks off: a metric, a number or a function belongs here",
                "hallwatt_rack_power_watts > 5m            | 28 | 5m is a duration: a metric",
                "hallwatt_rack_power_watts > \"5\"         | 28 | a text is no condition",
                "(hallwatt_rack_power_watts > 1            | 30 | the end stands where \")\" belongs",
                "hallwatt_rack_power_watts > 1)            | 29 | \")\" is too much: the expression is over before it",
                "hallwatt_rack_power_watts > 1x            | 28 | \"1x\" is no number",
                "hallwatt_rack_power_watts > 1_000         | 28 | \"1_000\" is no number: digits stand without _ between them",
                "hallwatt_rack_power_watts > 0x8000000000000000 | 28 | \"0x8000000000000000\" is larger than any hexadecimal number here: at most 0x7fffffffffffffff",
                "avg_over_time(hallwatt_rack_power_watts[999999999y]) > 1 | 40 | \"999999999y\" is longer than 292 years",
                "hallwatt_rack_power_watts ~ 1             | 26 | the character \"~\" has no meaning here",
                "absent(absent(hallwatt_rack_power_watts)) | 7 | absent(…) of anything but a metric with matchers",
                "1 > 2                                     | 0 | two numbers are compared; give a metric on one side, or vector(1)"
            })
    void says_where_and_what_is_outside(String expr, int offset, String sentence) {
        assertThatThrownBy(() -> Condition.parse(expr == null ? "" : expr))
                .isInstanceOfSatisfying(ExprFault.class, fault -> {
                    assertThat(fault.sentence()).startsWith(sentence);
                    assertThat(fault.offset()).isEqualTo(offset);
                });
    }

    @Test
    void refuses_what_is_nested_without_end() {
        String deep = "(".repeat(10_000) + "1";

        assertThatThrownBy(() -> Condition.parse(deep))
                .isInstanceOf(ExprFault.class)
                .hasMessage("nested deeper than 64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hallwatt_rack_power_watts{rack!=\"r001\"} > 5 and hallwatt_rack_inlet_max_celsius < 30",
                "(hallwatt_rack_power_watts + 1) * -2 ^ hallwatt_rack_power_watts > bool 3 * hallwatt_rack_power_watts",
                "predict_linear(hallwatt_rack_power_watts[1h30m], 900) unless absent(hallwatt_rack_power_watts)",
                "clamp(hallwatt_rack_power_watts, -1, 2.5) - clamp_min(abs(hallwatt_rack_power_watts), 0) or 3 - hallwatt_rack_power_watts",
                "10 - (hallwatt_rack_power_watts - (hallwatt_rack_power_watts - 1))"
            })
    void a_formula_as_text_is_the_same_formula(String expr) throws ExprFault {
        String text = formula(expr).text();

        assertThat(formula(text).text()).isEqualTo(text);
        assertThat(text).isEqualTo(Parser.parse(expr).toString());
    }

    private static Formula formula(String expr) throws ExprFault {
        return ((Condition.Computed) Condition.parse(expr)).formula();
    }
}
