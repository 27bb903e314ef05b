package io.hallwatt.ingest.replay;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One reading that every row gives.
 *
 * @param hall        where its device stands; absent for supply sources
 * @param device      the rack's, unit's or source's id
 * @param quantities  by name, as {@link DeviceKind#quantities} has them
 * @param stateColumn where a cooling unit says how it is; absent where it does not
 */
record ReadingMapping(
        DeviceKind kind,
        @Nullable Id hall,
        Id device,
        Map<String, Quantity> quantities,
        @Nullable String stateColumn) {
    ReadingMapping {
        quantities = Collections.unmodifiableMap(new LinkedHashMap<>(quantities));
    }

    /** An id that is the same in all rows, or stands in a column. */
    sealed interface Id {
        record Constant(String text) implements Id {}

        record Column(String name) implements Id {}
    }
}
