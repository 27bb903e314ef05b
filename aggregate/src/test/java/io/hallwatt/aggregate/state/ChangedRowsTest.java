package io.hallwatt.aggregate.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.property.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;

class ChangedRowsTest {
    @ParameterizedTest
    @Seeds(100)
    void are_those_of_a_bit_set(Random random) {
        ChangedRows rows = new ChangedRows();
        BitSet twin = new BitSet();
        int room = 0;
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    room += random.nextInt(70);
                    rows.grow(room);
                }
                case 1 -> {
                    rows.clear();
                    twin.clear();
                }
                default -> {
                    if (room > 0) {
                        int row = random.nextInt(room);
                        rows.set(row);
                        twin.set(row);
                    }
                }
            }
            assertThat(rows.count()).isEqualTo(twin.cardinality());
            assertThat(all(rows)).isEqualTo(twin.stream().boxed().toList());
        }
    }

    private static List<Integer> all(ChangedRows rows) {
        List<Integer> all = new ArrayList<>();
        for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
            all.add(row);
        }
        return all;
    }
}
