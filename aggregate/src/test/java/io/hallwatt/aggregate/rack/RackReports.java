package io.hallwatt.aggregate.rack;

import io.hallwatt.contract.RackReading;

/** Rack reports for tests. */
public final class RackReports {
    private RackReports() {}

    public static RackReport of(RackReading reading) {
        RackReport report = new RackReport();
        CodecRackDecoder.fill(reading, report);
        return report;
    }
}
