package io.hallwatt.contract.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class ShrinkTest {
    @Test
    void a_failing_list_becomes_the_smallest_one_that_fails() {
        List<List<Integer>> failed = new ArrayList<>();
        Shrink.Property property = tape -> {
            List<Integer> numbers = numbers(tape);
            if (numbers.stream().anyMatch(n -> n >= 500)) {
                failed.add(numbers);
                return new AssertionError(numbers.toString());
            }
            return null;
        };
        Tape tape = firstFailing(property);

        Shrink.Case smallest = Shrink.smallest(tape.draws(), new AssertionError("first"), property);

        assertThat(failed.get(failed.size() - 1))
                .hasSize(1)
                .first()
                .satisfies(n -> assertThat(n).isBetween(500, 999));
        assertThat(smallest.draws()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void a_property_that_waits_for_what_never_comes_is_given_up() {
        Shrink.Property property = tape -> {
            try {
                while (tape.nextInt() == 0) {}
                return new AssertionError("drew something");
            } catch (Tape.Exhausted e) {
                return e;
            }
        };

        Shrink.Case smallest = Shrink.smallest(new int[] {0, 0, 8}, new AssertionError("first"), property);

        assertThat(smallest.draws()).containsExactly(1);
    }

    @ParameterizedTest
    @Seeds(20)
    void a_tape_gives_again_what_was_drawn(Random seeded) {
        List<Integer> numbers = numbers(seeded);

        assertThat(numbers(Tape.replaying(((Tape) seeded).draws()))).isEqualTo(numbers);
    }

    private static Tape firstFailing(Shrink.Property property) {
        for (long seed = 1; ; seed++) {
            Tape tape = Tape.recording(seed);
            if (property.failure(tape) != null) {
                return tape;
            }
        }
    }

    private static List<Integer> numbers(Random random) {
        List<Integer> numbers = new ArrayList<>();
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
            numbers.add(random.nextInt(1_000));
        }
        return numbers;
    }
}
