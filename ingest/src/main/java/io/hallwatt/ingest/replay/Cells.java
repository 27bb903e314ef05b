package io.hallwatt.ingest.replay;

import org.jspecify.annotations.Nullable;

/** One row's values by the names of their columns. */
interface Cells {
    /** The text, without white space around; null where it is empty or one of the mapping's words for a missing value. */
    @Nullable
    String get(String column);
}
