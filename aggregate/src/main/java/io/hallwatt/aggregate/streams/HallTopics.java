package io.hallwatt.aggregate.streams;

import io.hallwatt.aggregate.hall.HallOutput;
import io.hallwatt.aggregate.site.HallReport;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallKey;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.wire.Codecs;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What a hall closes, to its topics and to its site. */
final class HallTopics implements HallOutput {
    private final Shell task;
    private final HallKey hall;
    private final String key;
    private final String site;

    HallTopics(Shell task, HallKey hall) {
        this.task = task;
        this.hall = hall;
        this.key = hall.toString();
        this.site = hall.site().text();
    }

    @Override
    public void racks(RackFrame frame, long newestReading) {
        task.send(
                Stage.rackSink(frame.window().resolution()),
                key,
                Codecs.RACK_FRAME.write(frame),
                frame.window().end().toEpochMilli(),
                Shell.newest(newestReading));
    }

    @Override
    public void hall(HallMetrics metrics, long newestReading) {
        task.counts.window(metrics.window().resolution());
        long end = metrics.window().end().toEpochMilli();
        task.send(
                Stage.hallSink(metrics.window().resolution()),
                key,
                Codecs.HALL_METRICS.write(metrics),
                end,
                Shell.newest(newestReading));
        toSite(HallReport.Closed.of(metrics).write(), end, Shell.newest(newestReading));
    }

    @Override
    public void hour(EnergyHour hour) {
        task.busy(); // what was open is in an hour now, also where the wall clock closed it
        if (hour.revision() == 0) {
            task.counts.window(Resolution.HOUR);
        }
        toSite(new HallReport.Hour(hour).write(), hour.end().toEpochMilli(), new RecordHeaders());
    }

    /**
     * The input ended, and with it the hall.
     *
     * @param closedUntil end of its newest closed second, epoch ms; 0 of a hall that never spoke
     */
    void ended(long closedUntil) {
        toSite(new HallReport.Ended(hall.hall()).write(), closedUntil, new RecordHeaders());
    }

    private void toSite(byte[] report, long timestamp, RecordHeaders headers) {
        task.send(Stage.TO_SITE_SINK, site, report, timestamp, headers);
    }
}
