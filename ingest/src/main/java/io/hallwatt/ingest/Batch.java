package io.hallwatt.ingest;

import io.hallwatt.contract.Reading;
import io.hallwatt.contract.Rejected;
import java.util.List;

/** Some of a source's items, in order; a few thousand at most, so that stopping takes effect soon. */
public record Batch(List<Item> items) {
    public Batch {
        items = List.copyOf(items);
    }

    /** One thing that the source received: each is counted as sent, and then as accepted or rejected. */
    public sealed interface Item permits Read, Refused {}

    /** It is a reading; whether it can be believed is not yet known. */
    public record Read(Reading reading, Origin origin) implements Item {}

    /** It is none, and the source says why. */
    public record Refused(Rejected rejected) implements Item {}
}
