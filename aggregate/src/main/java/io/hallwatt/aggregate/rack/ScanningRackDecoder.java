package io.hallwatt.aggregate.rack;

import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.RackReadingScan;

/** Reads the usual form of a report in one pass over its bytes, and every other form by the contract's codec; what comes out is the same. Confined to one thread. */
public final class ScanningRackDecoder implements RackDecoder {
    private final RackReadingScan scan = new RackReadingScan();
    private final RackDecoder slow = new CodecRackDecoder();

    @Override
    public void decode(byte[] value, RackReport report) throws Malformed {
        if (!scan.read(value)) {
            slow.decode(value, report);
            return;
        }
        report.clear();
        report.site = scan.site();
        report.hall = scan.hall();
        report.rack = scan.rack();
        report.at = scan.at();
        report.sequence = scan.sequence();
        for (int feed = 0; feed < 2; feed++) {
            report.feedMilliwatts[feed] = thousandths(scan.powerWatts(feed));
            report.feedRegister[feed] = scan.register(feed);
            for (int phase = 0; phase < scan.phases(feed); phase++) {
                report.milliamps[feed * 3 + phase] = thousandths(scan.amps(feed, phase));
                report.phaseMilliwatts[feed * 3 + phase] = thousandths(scan.watts(feed, phase));
            }
        }
        for (int sensor = 0; sensor < 3; sensor++) {
            report.inlet[sensor] = thousandths(scan.inletCelsius(sensor));
        }
        report.outlet = thousandths(scan.outletCelsius());
        report.humidity = thousandths(scan.humidityPercent());
    }

    private static long thousandths(double value) {
        return Double.isNaN(value) ? RackReport.ABSENT : Math.round(value * 1000);
    }
}
