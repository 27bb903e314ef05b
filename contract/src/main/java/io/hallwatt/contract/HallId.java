package io.hallwatt.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A hall's id, unique in its site: {@code h01}. */
public record HallId(@JsonValue String text) implements Comparable<HallId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HallId {
        Ids.check("hall id", text);
    }

    @Override
    public int compareTo(HallId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
