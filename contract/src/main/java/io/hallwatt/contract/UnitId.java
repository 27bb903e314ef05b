package io.hallwatt.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A cooling unit's id, unique in its hall: {@code crah-1}. */
public record UnitId(@JsonValue String text) implements Comparable<UnitId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UnitId {
        Ids.check("cooling unit id", text);
    }

    @Override
    public int compareTo(UnitId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
