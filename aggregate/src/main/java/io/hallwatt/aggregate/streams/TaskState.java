package io.hallwatt.aggregate.streams;

import java.util.HashMap;
import java.util.Map;

/** How the parts of many objects lie in one store: {@code name|part}. */
final class TaskState {
    private TaskState() {}

    /** Parts by the name of their object. */
    static Map<String, Map<String, byte[]>> byName(Map<String, byte[]> stored) {
        Map<String, Map<String, byte[]>> byName = new HashMap<>();
        stored.forEach((key, bytes) -> {
            int bar = key.indexOf('|');
            byName.computeIfAbsent(key.substring(0, bar), name -> new HashMap<>())
                    .put(key.substring(bar + 1), bytes);
        });
        return byName;
    }
}
