package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.site.CoolingUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which row of the hall's columns is which cooling unit; rows are never reused. */
final class UnitLayout {
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Integer> rows = new HashMap<>();
    private final List<@Nullable CoolingUnit> units = new ArrayList<>();
    private int expected;

    void apply(List<CoolingUnit> model) {
        for (int row = 0; row < units.size(); row++) {
            units.set(row, null);
        }
        for (CoolingUnit unit : model) {
            units.set(place(unit.id().text()), unit);
        }
        expected = model.size();
    }

    private int place(String id) {
        Integer row = rows.get(id);
        if (row == null) {
            row = ids.size();
            rows.put(id, row);
            ids.add(id);
            units.add(null);
        }
        return row;
    }

    void restore(List<String> written) {
        written.forEach(this::place);
    }

    List<String> ids() {
        return ids;
    }

    int rows() {
        return ids.size();
    }

    int expected() {
        return expected;
    }

    /** The unit's row, or −1 where the site model does not have it. */
    int row(String unit) {
        Integer row = rows.get(unit);
        return row == null || units.get(row) == null ? -1 : row;
    }

    /** Null where the site model no longer has it. */
    @Nullable
    CoolingUnit unit(int row) {
        return units.get(row);
    }
}
