package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.Reading;

/** Takes readings in the order of delivery. */
@FunctionalInterface
public interface ReadingSink {
    void accept(Reading reading);

    /** A rack's report as plain fields, valid during the call only; whoever writes bytes overrides this and makes no record. */
    default void rack(RackSample sample) {
        accept(sample.toReading());
    }
}
