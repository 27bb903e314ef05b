package io.hallwatt.aggregate.rack;

import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.RackReadingScan;

/** Reads the usual form of a report in one pass over its bytes, and every other form by the contract's codec; what comes out is the same. Confined to one thread. */
public final class ScanningRackDecoder implements RackDecoder {
    private final RackReadingScan scan = new RackReadingScan();
    private final RackDecoder slow = new CodecRackDecoder();

    @Override
    public void decode(byte[] bytes, int from, int to, RackReport report) throws Malformed {
        if (!scan.read(bytes, from, to)) {
            slow.decode(bytes, from, to, report);
            return;
        }
        report.clear();
        report.site = scan.site();
        report.hall = scan.hall();
        report.rack = scan.rack();
        report.at = scan.at();
        report.sequence = scan.sequence();
        for (int feed = 0; feed < 2; feed++) {
            report.feedMilliwatts[feed] = scan.powerMilliwatts(feed);
            report.feedRegister[feed] = scan.register(feed);
            for (int phase = 0; phase < scan.phases(feed); phase++) {
                report.milliamps[feed * 3 + phase] = scan.milliamps(feed, phase);
                report.phaseMilliwatts[feed * 3 + phase] = scan.milliwatts(feed, phase);
            }
        }
        for (int sensor = 0; sensor < 3; sensor++) {
            report.inlet[sensor] = scan.inletMillicelsius(sensor);
        }
        report.outlet = scan.outletMillicelsius();
        report.humidity = scan.humidityMillipercent();
    }
}
