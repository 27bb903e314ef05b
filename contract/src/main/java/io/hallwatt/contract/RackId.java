package io.hallwatt.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A rack's id, unique in its hall: {@code r001}. */
public record RackId(@JsonValue String text) implements Comparable<RackId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RackId {
        Ids.check("rack id", text);
    }

    @Override
    public int compareTo(RackId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
