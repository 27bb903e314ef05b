package io.hallwatt.aggregate.rack;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.RackId;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Sites;
import java.util.List;
import org.junit.jupiter.api.Test;

class RackLayoutTest {
    private final RackLayout layout = new RackLayout();

    @Test
    void racks_are_found_in_any_order_and_again_and_again() {
        layout.apply(racks("r001..r003"));

        for (String order : List.of("r001 r002 r003 r001 r002", "r003 r003 r001", "r002 r001 r003 r002")) {
            for (String rack : order.split(" ", -1)) {
                assertThat(layout.row(rack)).as(order).isEqualTo(rack.charAt(3) - '1');
            }
        }
        assertThat(layout.row("r009")).isEqualTo(-1);
        assertThat(layout.row("r001")).isZero();
    }

    @Test
    void without_racks_none_is_found() {
        assertThat(layout.row("r001")).isEqualTo(-1);
        assertThat(layout.rows()).isZero();
    }

    @Test
    void a_rack_that_left_keeps_its_row_and_is_not_found() {
        layout.apply(racks("r001..r003"));
        layout.apply(racks("r003..r004"));

        assertThat(layout.ids()).containsExactly("r001", "r002", "r003", "r004");
        assertThat(layout.rows()).isEqualTo(4);
        assertThat(layout.expected()).isEqualTo(2);
        assertThat(layout.row("r001")).isEqualTo(-1);
        assertThat(layout.row("r003")).isEqualTo(2);
        assertThat(layout.row("r004")).isEqualTo(3);
        assertThat(layout.rack(0)).isNull();
        assertThat(layout.feed(0, 0)).isNull();
        assertThat(layout.feed(2, 0)).isNotNull();
        assertThat(layout.rowInOrder(0)).isEqualTo(2);
        assertThat(layout.idsInOrder()).containsExactly(new RackId("r003"), new RackId("r004"));
    }

    @Test
    void rows_come_back_as_they_were_written() {
        layout.restore(List.of("r002", "r001"));
        layout.apply(racks("r001..r002"));

        assertThat(layout.row("r001")).isEqualTo(1);
        assertThat(layout.row("r002")).isZero();
    }

    private static List<Rack> racks(String ids) {
        return Sites.site("small")
                .halls("h01", hall -> hall.racks(ids))
                .build()
                .halls()
                .getFirst()
                .racks();
    }
}
