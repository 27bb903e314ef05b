package io.hallwatt.aggregate.streams;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.hall.HallWindows;
import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.aggregate.rack.RackDecoder;
import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.aggregate.window.Absence;
import io.hallwatt.aggregate.window.WallClockLimit;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Readings of racks and cooling units in, closed windows of halls out. */
final class HallProcessor extends Shell {
    /** A hall of which nothing was ever heard is awaited this long before its silence is published. */
    private static final long NEVER_SEEN_MILLIS = 10_000;

    private static final String ENDED = "ended";

    private final Halls halls = new Halls(this);
    private final Pack readings = new Pack();
    private final RackReport report = new RackReport();
    private final RackDecoder decoder;
    private final String rackTopic;
    private final long startedAt;
    /** By racks alone: the few readings of cooling come through a topic of their own, and may be read long before. */
    private final WallClockLimit wall;

    private Absence absence;
    /** When the record came that is being read, epoch ms. */
    private long now;

    /** Which of the two inputs gave their end marker. */
    private boolean rackEnded;

    private boolean coolingEnded;

    HallProcessor(Stage stage) {
        super(stage, Stage.HALL_STORE, Stage.REJECTED_SINK);
        this.decoder = stage.decoder();
        this.rackTopic = stage.rackTopic();
        this.startedAt = stage.clock().millis();
        this.wall = stage.wallClockLimitOfHalls();
        this.absence = new Absence(startedAt);
    }

    @Override
    void forget() {
        halls.forget();
        rackEnded = false;
        coolingEnded = false;
        absence = new Absence(startedAt);
    }

    @Override
    void restore(Map<String, Map<String, byte[]>> parts) {
        halls.restore(parts);
        halls.all().forEach(hall -> absence.knownUntil(hall.closedUntil()));
    }

    @Override
    void restoreTask(Map<String, byte[]> parts) {
        byte[] ended = parts.get(ENDED);
        if (ended != null) {
            rackEnded = ended[0] == 1;
            coolingEnded = ended[1] == 1;
        }
    }

    @Override
    void changed(Site site) {
        halls.changed(site);
    }

    @Override
    void gone(String site) {
        halls.gone(site);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        came(record);
        boolean rack = metadata().topic().equals(rackTopic);
        if (endOfInput(record)) {
            rackEnded |= rack;
            coolingEnded |= !rack;
            if (rackEnded && coolingEnded) {
                rackEnded = false;
                coolingEnded = false;
                halls.end();
            }
            return;
        }
        if (record.value() == null) {
            reject(record, RejectCode.MALFORMED, "no value: a reading belongs here");
            return;
        }
        now = stage.clock().millis();
        readings.open(record, metadata().offset(), rack);
        while (readings.next()) {
            reading(rack);
        }
    }

    private void reading(boolean rack) {
        byte[] key = readings.key();
        HallWindows hall = key == null ? null : halls.of(key);
        if (hall == null) {
            reject(
                    RejectCode.UNKNOWN_DEVICE,
                    "key %s: no hall of a known site; the key is site/hall".formatted(shown(key)));
            return;
        }
        try {
            if (rack) {
                rack(hall);
            } else {
                cooling(hall);
            }
        } catch (Malformed e) {
            reject(e.code(), e.reason());
        }
    }

    private void rack(HallWindows hall) throws Malformed {
        decoder.decode(readings.bytes(), readings.valueFrom(), readings.valueTo(), report);
        requireHall(hall, report.site(), report.hall());
        arrived(report.at());
        prepare(hall);
        Outcome outcome = hall.rack(report, partition(), readings.offset());
        if (outcome == Outcome.UNKNOWN_DEVICE) {
            refresh();
            outcome = hall.rack(report, partition(), readings.offset());
        }
        count(outcome, "rack", report.rack(), hall);
    }

    private void cooling(HallWindows hall) throws Malformed {
        CoolingReading reading = Codecs.COOLING_READING.read(readings.value());
        requireHall(hall, reading.site().text(), reading.hall().text());
        prepare(hall);
        Outcome outcome = hall.cooling(reading, partition(), readings.offset());
        if (outcome == Outcome.UNKNOWN_DEVICE) {
            refresh();
            outcome = hall.cooling(reading, partition(), readings.offset());
        }
        count(outcome, "cooling unit", reading.unit().text(), hall);
    }

    private void requireHall(HallWindows hall, String site, String id) throws Malformed {
        if (!hall.model().id().text().equals(id) || !hall.site().text().equals(site)) {
            throw new Malformed(
                    RejectCode.MALFORMED,
                    "a reading of %s/%s under the key %s; the key is the reading's own site/hall"
                            .formatted(site, id, shown(readings.key())));
        }
    }

    private void count(Outcome outcome, String kind, String device, HallWindows hall) {
        if (outcome == Outcome.UNKNOWN_DEVICE) {
            reject(
                    RejectCode.UNKNOWN_DEVICE,
                    "%s %s: the site model has none of that id in hall %s"
                            .formatted(kind, device, hall.model().id()));
        } else {
            counts.count(outcome);
        }
    }

    private void reject(RejectCode code, String reason) {
        reject(readings.key(), readings.value(), readings.timestamp(), readings.offset(), code, reason);
    }

    private void arrived(long at) {
        if (stage.live()) {
            if (absence.ends(at)) {
                // Racks do not speak in the order of time to the millisecond, and one clock may be ahead.
                away(Math.min(at, now) - Resolution.SECOND.millis());
            }
            wall.arrived(at);
        }
    }

    /** Before a reading is handed in: what time it is, and up to when racks have been read. */
    private void prepare(HallWindows hall) {
        if (stage.live()) {
            hall.wallClock(now);
            hall.racksRead(wall.read());
        }
    }

    /** The pipeline stood still until then: of the time between nobody knows anything. */
    private void away(long to) {
        halls.all().forEach(hall -> hall.away(to));
    }

    @Override
    long unread() {
        return stage.backlog().records(partition(), rackTopic);
    }

    @Override
    boolean asksForCommits(boolean behind) {
        stage.backlog().workingOff(task(), behind);
        return !behind;
    }

    @Override
    void tick(long now) {
        if (stage.live()) {
            long limit =
                    wall.limit(now, stage.backlog().caughtUp(partition(), stage.rackTopic(), stage.coolingTopic()));
            if (limit == NEVER) {
                return;
            }
            if (wall.leads() && absence.endsInSilence()) {
                away(startedAt);
            }
            if (now - startedAt >= NEVER_SEEN_MILLIS) {
                halls.modelled().forEach(hall -> hall.await(limit, startedAt));
            }
            halls.all().forEach(hall -> hall.closeThrough(limit));
        } else {
            closeLeft();
        }
        halls.forEach((key, hall) -> {
            if (hall.left()) {
                stage.board().noWatermark(key);
            } else {
                stage.board().watermark(key, hall.closedUntil());
            }
        });
    }

    /** In event time the others' time closes what halls that left have open. */
    private void closeLeft() {
        long others = halls.all().stream()
                .filter(hall -> !hall.left())
                .mapToLong(HallWindows::closedUntil)
                .max()
                .orElse(NEVER);
        if (others != NEVER) {
            halls.all().stream().filter(HallWindows::left).forEach(hall -> hall.closeThrough(others));
        }
    }

    @Override
    public void drainDirty(PartSink sink) {
        halls.drainDirty(sink);
        sink.part(taskPart(ENDED), new byte[] {(byte) (rackEnded ? 1 : 0), (byte) (coolingEnded ? 1 : 0)});
        drainTask(sink);
    }

    @Override
    long registersMilliwattHours() {
        return halls.all().stream()
                .mapToLong(HallWindows::registersMilliwattHours)
                .sum();
    }

    @Override
    long openMilliwattHours() {
        return halls.all().stream().mapToLong(HallWindows::openMilliwattHours).sum();
    }

    private static String shown(byte @Nullable [] key) {
        return key == null
                ? "(none)"
                : "\""
                        + new String(key, 0, Math.min(80, key.length), StandardCharsets.UTF_8)
                                .replaceAll("\\p{Cntrl}", "?")
                        + "\"";
    }
}
