package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;

/** What the records of a topic are. */
record WindowTopic(Scope scope, Resolution resolution, Reader reader) {
    static WindowTopic racks(Resolution resolution) {
        return new WindowTopic(Scope.RACK, resolution, value -> Sight.of(Codecs.RACK_FRAME.read(value)));
    }

    static WindowTopic halls(Resolution resolution) {
        return new WindowTopic(Scope.HALL, resolution, value -> Sight.of(Codecs.HALL_METRICS.read(value)));
    }

    static WindowTopic sites(Resolution resolution) {
        return new WindowTopic(Scope.SITE, resolution, value -> Sight.of(Codecs.SITE_METRICS.read(value)));
    }

    /** Reads one. */
    @FunctionalInterface
    interface Reader {
        Sight read(byte[] value) throws Malformed;
    }
}
