package io.hallwatt.alerting.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hallwatt.contract.property.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExprTest {
    private static final String X = "hallwatt_hall_it_power_watts";
    private static final double[] NUMBERS = {0, 1, 0.1, 2.5e-7, 1e300, 123456789, Double.POSITIVE_INFINITY, Double.NaN};
    private static final List<String> SYMBOLS = List.of("=", "!=", "=~", "!~");
    private static final List<Infix> OPERATORS =
            Stream.of(Infix.values()).filter(infix -> infix != Infix.ATAN2).toList();
    private static final List<String> WORDS = List.of(
            X,
            "hallwatt_hall_feed_power_watts",
            "hallwatt_x",
            "1",
            "0.5",
            "1e3",
            "0x1F",
            "Inf",
            "nan",
            "-",
            "+",
            "*",
            "/",
            "%",
            "^",
            "==",
            "!=",
            ">",
            "<=",
            "and",
            "or",
            "unless",
            "bool",
            "on",
            "ignoring",
            "group_left",
            "offset",
            "@",
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            "[5m]",
            "[1h:]",
            ",",
            ":",
            "=",
            "=~",
            "!~",
            "feed",
            "hall",
            "\"A\"",
            "'h('",
            "`.*`",
            "absent",
            "vector",
            "rate",
            "predict_linear",
            "avg_over_time",
            "clamp",
            "abs",
            "sum",
            "by",
            "topk",
            "atan2",
            "label_replace",
            "5m",
            "1s1h",
            "9y",
            "#",
            "\n",
            "é",
            "\"",
            "\\");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-2 ^ 2                 | -(2 ^ 2)",
                "2 ^ 3 ^ 2              | 2 ^ (3 ^ 2)",
                "(2 ^ 3) ^ 2            | (2 ^ 3) ^ 2",
                "1 - 2 - 3              | (1 - 2) - 3",
                "1 + 2 * 3 % 4          | 1 + ((2 * 3) % 4)",
                "-1 * 2                 | (-1) * 2",
                "2 ^ -1 * 3             | (2 ^ -1) * 3",
                "1 + 2 > bool 3 == bool 4 | ((1 + 2) > bool 3) == bool 4",
                "x or x and x           | x or (x and x)",
                "x and x unless x       | (x and x) unless x",
                "x > 1 and x < 2 or x   | ((x > 1) and (x < 2)) or x",
                "X + 1 AND x            | (x + 1) and x",
                "--x                    | -(-x)"
            })
    void groups_as_promql_does(String expr, String grouped) throws ExprFault {
        assertThat(whole(parse(expr))).isEqualTo(whole(parse(grouped)));
        assertThat(whole(parse(grouped))).isEqualTo(whole(parse(parse(grouped).toString())));
    }

    @ParameterizedTest
    @Seeds(500)
    void what_is_printed_reads_as_the_same_again(Random seeded) throws ExprFault {
        Expr expr = any(seeded, 4);

        Expr again = Parser.parse(expr.toString());

        assertThat(whole(again)).as(expr.toString()).isEqualTo(whole(expr));
    }

    @ParameterizedTest
    @Seeds(2_000)
    void nothing_but_a_fault_with_its_place_comes_of_words_without_sense(Random seeded) {
        StringBuilder text = new StringBuilder();
        for (int i = seeded.nextInt(12); i >= 0; i--) {
            text.append(WORDS.get(seeded.nextInt(WORDS.size()))).append(seeded.nextBoolean() ? " " : "");
        }

        assertThatCode(() -> read(text.toString())).as(text.toString()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @Seeds(1_000)
    void nothing_but_a_fault_comes_of_an_expression_with_a_character_changed(Random seeded) {
        StringBuilder text = new StringBuilder(any(seeded, 3).toString());
        for (int i = seeded.nextInt(3); i >= 0; i--) {
            text.setCharAt(seeded.nextInt(text.length()), (char) (32 + seeded.nextInt(95)));
        }

        assertThatCode(() -> read(text.toString())).as(text.toString()).doesNotThrowAnyException();
    }

    private static void read(String text) {
        try {
            assertThat(Condition.parse(text).labels()).isNotEmpty();
        } catch (ExprFault fault) {
            assertThat(fault.offset()).isBetween(0, text.length());
            assertThat(fault.sentence()).isNotBlank();
        }
    }

    private static Expr parse(String text) throws ExprFault {
        return Parser.parse(text.replaceAll("\\b[xX]\\b", X));
    }

    /** The tree in brackets, places left out: equal texts are equal trees. */
    private static String whole(Expr expr) {
        return switch (expr) {
            case Expr.Scalar scalar -> Double.toString(scalar.value());
            case Expr.Selector selector -> selector.toString();
            case Expr.Range range -> range.of() + "[" + range.length() + "]";
            case Expr.Negation negation -> "(neg " + whole(negation.of()) + ")";
            case Expr.Binary binary ->
                "(%s%s %s %s)"
                        .formatted(
                                binary.infix().name(),
                                binary.bool() ? " bool" : "",
                                whole(binary.left()),
                                whole(binary.right()));
            case Expr.Call call ->
                "(%s %s)"
                        .formatted(
                                call.function(),
                                call.arguments().stream().map(ExprTest::whole).toList());
        };
    }

    private static Expr any(Random seeded, int depth) {
        return switch (depth == 0 ? seeded.nextInt(3) : seeded.nextInt(7)) {
            case 0 -> new Expr.Scalar(0, NUMBERS[seeded.nextInt(NUMBERS.length)]);
            case 1 -> known(X);
            case 2 ->
                known("hallwatt_hall_feed_power_watts{feed%s\"A\",hall%s'h\"\\\\d\\n'}"
                        .formatted(SYMBOLS.get(seeded.nextInt(4)), SYMBOLS.get(seeded.nextInt(4))));
            case 3 -> new Expr.Negation(0, any(seeded, depth - 1));
            case 4 -> known("rate(" + X + "[" + (1 + seeded.nextInt(5_000_000)) + "ms])");
            default -> {
                Infix infix = OPERATORS.get(seeded.nextInt(OPERATORS.size()));
                boolean bool = infix.comparator().isPresent() && seeded.nextBoolean();
                yield new Expr.Binary(0, any(seeded, depth - 1), 0, infix, bool, any(seeded, depth - 1));
            }
        };
    }

    private static Expr known(String text) {
        try {
            return Parser.parse(text);
        } catch (ExprFault fault) {
            throw new AssertionError(text, fault);
        }
    }
}
