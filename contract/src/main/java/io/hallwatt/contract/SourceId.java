package io.hallwatt.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A supply source's id, unique in its site: {@code solar-ppa}. */
public record SourceId(@JsonValue String text) implements Comparable<SourceId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SourceId {
        Ids.check("source id", text);
    }

    @Override
    public int compareTo(SourceId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
