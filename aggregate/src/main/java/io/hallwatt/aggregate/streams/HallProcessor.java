package io.hallwatt.aggregate.streams;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.hall.HallOutput;
import io.hallwatt.aggregate.hall.HallState;
import io.hallwatt.aggregate.hall.HallWindows;
import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.aggregate.rack.RackDecoder;
import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.aggregate.site.HallReport;
import io.hallwatt.aggregate.window.Absence;
import io.hallwatt.aggregate.window.WallClockLimit;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallKey;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Readings of racks and cooling units in, closed windows of halls out. */
final class HallProcessor extends Shell {
    /** A hall of which nothing was ever heard is awaited this long before its silence is published. */
    private static final long NEVER_SEEN_MILLIS = 10_000;

    private static final String ENDED = "ended";

    private final TreeMap<String, HallWindows> halls = new TreeMap<>();
    private final Pack readings = new Pack();
    private final RackReport report = new RackReport();
    private final RackDecoder decoder;
    private final String rackTopic;
    private final long startedAt;
    /** By racks alone: the few readings of cooling come through a topic of their own, and may be read long before. */
    private final WallClockLimit wall;

    private Absence absence;
    /** The same halls by their records' keys. */
    private final Map<Bytes, HallWindows> byKey = new HashMap<>();

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
        halls.clear();
        byKey.clear();
        rackEnded = false;
        coolingEnded = false;
        absence = new Absence(startedAt);
    }

    @Override
    void restore(Map<String, Map<String, byte[]>> parts) {
        parts.forEach((key, ofHall) -> {
            HallKey hall = HallKey.parse(key);
            Hall model = model(hall);
            Hall last = model == null ? HallState.model(ofHall) : model;
            if (last != null) {
                HallWindows windows = windows(hall.site(), last);
                HallState.restore(windows, model, ofHall);
                halls.put(key, windows);
                absence.knownUntil(windows.closedUntil());
            }
        });
    }

    @Override
    void restoreTask(Map<String, byte[]> parts) {
        byte[] ended = parts.get(ENDED);
        if (ended != null) {
            rackEnded = ended[0] == 1;
            coolingEnded = ended[1] == 1;
        }
    }

    private HallWindows windows(SiteId site, Hall model) {
        return new HallWindows(site, model, stage.hallSettings(), new Out(site.text() + "/" + model.id(), site));
    }

    private @Nullable Hall model(HallKey key) {
        Site site = sites().get(key.site().text());
        return site == null ? null : site.hall(key.hall()).orElse(null);
    }

    @Override
    void changed(Site site) {
        for (HallWindows windows : halls.values()) {
            if (windows.site().equals(site.id())) {
                Hall hall = site.hall(windows.model().id()).orElse(null);
                if (hall == null) {
                    windows.leave();
                } else if (windows.left() || !windows.model().equals(hall)) {
                    windows.apply(hall);
                }
            }
        }
    }

    @Override
    void gone(String site) {
        halls.values().stream()
                .filter(windows -> windows.site().text().equals(site))
                .forEach(HallWindows::leave);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        came(record);
        boolean rack = metadata().topic().equals(rackTopic);
        if (endOfInput(record)) {
            rackEnded |= rack;
            coolingEnded |= !rack;
            if (rackEnded && coolingEnded) {
                end();
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
        HallWindows hall = key == null ? null : hall(key);
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

    private void reject(RejectCode code, String reason) {
        reject(readings.key(), readings.value(), readings.timestamp(), readings.offset(), code, reason);
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
        halls.values().forEach(hall -> hall.away(to));
    }

    private @Nullable HallWindows hall(byte[] key) {
        Bytes bytes = Bytes.wrap(key);
        HallWindows known = byKey.get(bytes);
        if (known != null && !known.left()) {
            return known;
        }
        String text = new String(key, StandardCharsets.UTF_8);
        HallWindows hall = halls.get(text);
        if (hall == null || hall.left()) {
            hall = begin(text);
        }
        if (hall != null) {
            byKey.put(bytes, hall);
        }
        return hall;
    }

    private @Nullable HallWindows begin(String key) {
        HallKey parsed;
        try {
            parsed = HallKey.parse(key);
        } catch (IllegalArgumentException e) {
            return null;
        }
        Hall model = model(parsed);
        if (model == null) {
            refresh();
            model = model(parsed);
        }
        if (model == null) {
            return null;
        }
        HallWindows known = halls.get(key); // it left, and has just come back
        HallWindows hall = known == null ? windows(parsed.site(), model) : known;
        hall.apply(model);
        halls.put(key, hall);
        return hall;
    }

    /** Closes what is open in every hall of this partition, and tells their sites, of halls that never spoke too. */
    private void end() {
        rackEnded = false;
        coolingEnded = false;
        forMyHalls((site, hall, key) -> {
            HallWindows windows = halls.get(key);
            if (windows != null) {
                windows.end();
            }
            ended(site.id(), hall, windows == null ? 0 : windows.closedUntil());
        });
        halls.values().stream().filter(HallWindows::left).forEach(windows -> {
            windows.end();
            ended(windows.site(), windows.model(), windows.closedUntil());
        });
    }

    private void ended(SiteId site, Hall hall, long closedUntil) {
        send(
                Stage.TO_SITE_SINK,
                site.text(),
                new HallReport.Ended(hall.id()).write(),
                closedUntil,
                new RecordHeaders());
    }

    private interface HallVisitor {
        void visit(Site site, Hall hall, String key);
    }

    /** The halls of all site models whose key falls into this task's partition, as Kafka's default partitioner has it. */
    private void forMyHalls(HallVisitor visitor) {
        for (Site site : sites().values()) {
            for (Hall hall : site.halls()) {
                String key = site.id().text() + "/" + hall.id();
                int hash = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)));
                if (hash % stage.partitions() == partition()) {
                    visitor.visit(site, hall, key);
                }
            }
        }
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
                forMyHalls((site, hall, key) -> {
                    HallWindows windows = halls.get(key);
                    if (windows == null) {
                        windows = begin(key);
                    }
                    if (windows != null) {
                        windows.await(limit, startedAt);
                    }
                });
            }
            halls.values().forEach(hall -> hall.closeThrough(limit));
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
        long others = halls.values().stream()
                .filter(hall -> !hall.left())
                .mapToLong(HallWindows::closedUntil)
                .max()
                .orElse(NEVER);
        if (others != NEVER) {
            halls.values().stream().filter(HallWindows::left).forEach(hall -> hall.closeThrough(others));
        }
    }

    @Override
    public void drainDirty(PartSink sink) {
        halls.forEach((key, hall) -> HallState.drainDirty(hall, (part, bytes) -> sink.part(key + "|" + part, bytes)));
        sink.part(taskPart(ENDED), new byte[] {(byte) (rackEnded ? 1 : 0), (byte) (coolingEnded ? 1 : 0)});
        drainTask(sink);
    }

    @Override
    long registersMilliwattHours() {
        return halls.values().stream()
                .mapToLong(HallWindows::registersMilliwattHours)
                .sum();
    }

    @Override
    long openMilliwattHours() {
        return halls.values().stream()
                .mapToLong(HallWindows::openMilliwattHours)
                .sum();
    }

    private static String shown(byte @Nullable [] key) {
        return key == null
                ? "(none)"
                : "\""
                        + new String(key, 0, Math.min(80, key.length), StandardCharsets.UTF_8)
                                .replaceAll("\\p{Cntrl}", "?")
                        + "\"";
    }

    /** A hall's closed windows to their topics and to its site. */
    private final class Out implements HallOutput {
        private final String key;
        private final String site;

        Out(String key, SiteId site) {
            this.key = key;
            this.site = site.text();
        }

        @Override
        public void racks(RackFrame frame, long newestReading) {
            send(
                    Stage.rackSink(frame.window().resolution()),
                    key,
                    Codecs.RACK_FRAME.write(frame),
                    frame.window().end().toEpochMilli(),
                    newest(newestReading));
        }

        @Override
        public void hall(HallMetrics metrics, long newestReading) {
            counts.window(metrics.window().resolution());
            long end = metrics.window().end().toEpochMilli();
            send(
                    Stage.hallSink(metrics.window().resolution()),
                    key,
                    Codecs.HALL_METRICS.write(metrics),
                    end,
                    newest(newestReading));
            send(Stage.TO_SITE_SINK, site, new HallReport.Closed(metrics).write(), end, newest(newestReading));
        }

        @Override
        public void hour(EnergyHour hour) {
            busy(); // what was open is in an hour now, also where the wall clock closed it
            if (hour.revision() == 0) {
                counts.window(Resolution.HOUR);
            }
            send(
                    Stage.TO_SITE_SINK,
                    site,
                    new HallReport.Hour(hour).write(),
                    hour.end().toEpochMilli(),
                    new RecordHeaders());
        }
    }
}
