package io.hallwatt.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A site's id, as in its site.yaml: {@code tetouan}. */
public record SiteId(@JsonValue String text) implements Comparable<SiteId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SiteId {
        Ids.check("site id", text);
    }

    @Override
    public int compareTo(SiteId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
