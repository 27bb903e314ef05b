package io.hallwatt.aggregate.rack;

import io.hallwatt.contract.RackId;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Rack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which row of the hall's columns is which rack. Rows are handed out once and never reused, so that a changed site model moves nobody; the model's order is
 * kept beside.
 */
public final class RackLayout {
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Integer> rows = new HashMap<>();
    private final List<@Nullable Rack> racks = new ArrayList<>();
    /** By row, the same as {@code ids}, and which of them the site model has: looked at for every report, so without detours. */
    private String[] idOf = new String[0];

    private boolean[] modelled = new boolean[0];
    private int[] order = new int[0];
    private int lastRow = -1;
    private List<RackId> orderedIds = List.of();

    /** Takes the site model's racks: new ones get rows, those it no longer has are not expected any more. */
    public void apply(List<Rack> model) {
        for (int row = 0; row < racks.size(); row++) {
            racks.set(row, null);
        }
        order = new int[model.size()];
        List<RackId> modelIds = new ArrayList<>();
        for (int i = 0; i < model.size(); i++) {
            Rack rack = model.get(i);
            int row = place(rack.id().text());
            racks.set(row, rack);
            order[i] = row;
            modelIds.add(rack.id());
        }
        orderedIds = List.copyOf(modelIds);
        lineUp();
    }

    private void lineUp() {
        idOf = ids.toArray(new String[0]);
        modelled = new boolean[idOf.length];
        for (int row = 0; row < idOf.length; row++) {
            modelled[row] = racks.get(row) != null;
        }
    }

    private int place(String id) {
        Integer row = rows.get(id);
        if (row == null) {
            row = ids.size();
            rows.put(id, row);
            ids.add(id);
            racks.add(null);
        }
        return row;
    }

    /** Gives rows as they were when the state was written. */
    public void restore(List<String> written) {
        written.forEach(this::place);
        lineUp();
    }

    /** By row. */
    public List<String> ids() {
        return ids;
    }

    /** Rows handed out, the racks that left among them. */
    public int rows() {
        return ids.size();
    }

    /** Racks that the site model has. */
    public int expected() {
        return order.length;
    }

    /** The rack's row, or −1 where the site model does not have it. */
    public int row(String rack) {
        // Racks mostly report in one order again and again: the next row is looked at before all of them are searched.
        int next = lastRow + 1 < idOf.length ? lastRow + 1 : 0;
        if (next >= idOf.length || !idOf[next].equals(rack)) {
            Integer row = rows.get(rack);
            if (row == null) {
                return -1;
            }
            next = row;
        }
        lastRow = next;
        return modelled[next] ? next : -1;
    }

    /** Null where the site model no longer has it. */
    public @Nullable Rack rack(int row) {
        return racks.get(row);
    }

    /** The row of the i-th rack of the site model. */
    int rowInOrder(int i) {
        return order[i];
    }

    List<RackId> idsInOrder() {
        return orderedIds;
    }

    /** How often it reports, ms; 0 where the site model no longer has it. */
    long intervalMillis(int row) {
        Rack rack = racks.get(row);
        return rack == null ? 0 : rack.reportInterval().toMillis();
    }

    /** @param feed 0 for A, 1 for B */
    @Nullable
    Feed feed(int row, int feed) {
        Rack rack = racks.get(row);
        if (rack == null) {
            return null;
        }
        return feed == 0 ? rack.feedA() : rack.feedB();
    }
}
