package io.hallwatt.aggregate.streams;

import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.hall.Outcome;
import io.hallwatt.aggregate.site.HallReport;
import io.hallwatt.aggregate.site.SiteOutput;
import io.hallwatt.aggregate.site.SiteState;
import io.hallwatt.aggregate.site.SiteWindows;
import io.hallwatt.aggregate.window.DeviceFrontiers;
import io.hallwatt.aggregate.window.WallClockLimit;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Halls' closed windows and supply readings in, closed windows of sites and the journal of hours out. */
final class SiteProcessor extends Shell {
    private final TreeMap<String, SiteWindows> windows = new TreeMap<>();
    private final String supplyTopic;
    private final WallClockLimit silence;
    private final WallClockLimit lostHalls;

    SiteProcessor(Stage stage) {
        super(stage, Stage.SITES_STORE, Stage.REJECTED_BY_SITE_SINK);
        this.supplyTopic = stage.supplyTopic();
        this.silence = stage.wallClockLimitOfHalls();
        this.lostHalls = stage.wallClockLimitOfLostHalls();
    }

    @Override
    void forget() {
        windows.clear();
    }

    @Override
    void restore(Map<String, Map<String, byte[]>> parts) {
        parts.forEach((id, ofSite) -> {
            Site model = sites().get(id);
            Site last = model == null ? SiteState.model(ofSite) : model;
            if (last != null) {
                SiteWindows site = new SiteWindows(last, stage.siteSettings(), new Out(id));
                SiteState.restore(site, model, ofSite);
                windows.put(id, site);
            }
        });
    }

    @Override
    void restoreTask(Map<String, byte[]> parts) {}

    @Override
    void changed(Site site) {
        SiteWindows known = windows.get(site.id().text());
        if (known != null) {
            known.apply(site);
        }
    }

    @Override
    void gone(String site) {
        SiteWindows known = windows.get(site);
        if (known != null) {
            known.leave();
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        came(record);
        boolean supply = metadata().topic().equals(supplyTopic);
        if (endOfInput(record)) {
            mySites();
            windows.values().forEach(SiteWindows::supplyEnded);
            return;
        }
        if (record.value() == null) {
            reject(record, RejectCode.MALFORMED, "no value: a reading belongs here");
            return;
        }
        SiteWindows site = record.key() == null ? null : site(new String(record.key(), StandardCharsets.UTF_8));
        if (site == null) {
            reject(record, RejectCode.UNKNOWN_DEVICE, "the key names no known site");
            return;
        }
        try {
            if (supply) {
                supply(record, site);
            } else {
                silence.arrived(record.timestamp());
                lostHalls.heard();
                if (!site.hall(HallReport.read(record.value()), newest(record))) {
                    counts.lateHallWindow();
                }
            }
        } catch (Malformed e) {
            reject(record, e.code(), e.reason());
        }
    }

    private void supply(Record<byte[], byte[]> record, SiteWindows site) throws Malformed {
        SupplyReading reading = Codecs.SUPPLY_READING.read(record.value());
        if (!reading.site().equals(site.model().id())) {
            throw new Malformed(
                    RejectCode.MALFORMED,
                    "a reading of site %s under the key %s; the key is the reading's own site"
                            .formatted(reading.site(), site.model().id()));
        }
        if (stage.live()) {
            site.wallClock(stage.clock().millis());
        }
        Outcome outcome =
                site.supply(reading, metadata().partition(), metadata().offset());
        if (outcome == Outcome.UNKNOWN_DEVICE) {
            reject(
                    record,
                    RejectCode.UNKNOWN_DEVICE,
                    "source %s: the model of site %s has none of that id".formatted(reading.source(), reading.site()));
        } else {
            counts.count(outcome);
        }
    }

    /** One that left knows no source any more, but takes what its halls still close. */
    private @Nullable SiteWindows site(String id) {
        SiteWindows site = windows.get(id);
        if (site == null) {
            if (!sites().containsKey(id)) {
                refresh();
            }
            Site model = sites().get(id);
            if (model == null) {
                return null;
            }
            site = new SiteWindows(model, stage.siteSettings(), new Out(id));
            site.apply(model);
            windows.put(id, site);
        }
        return site;
    }

    /** Begins the sites whose key falls into this task's partition. */
    private void mySites() {
        for (String id : sites().keySet()) {
            if (stage.partitions().siteIsIn(partition(), id)) {
                site(id);
            }
        }
    }

    @Override
    long unread() {
        return stage.backlog().records(partition(), supplyTopic);
    }

    @Override
    boolean asksForCommits(boolean behind) {
        return !behind && !stage.backlog().isWorkedOff();
    }

    @Override
    void tick(long now) {
        if (stage.live()) {
            boolean caughtUp = stage.backlog().caughtUp();
            long limit = silence.limit(now, caughtUp);
            boolean lost = lostHalls.limit(now, caughtUp) != DeviceFrontiers.NEVER;
            if (limit != DeviceFrontiers.NEVER) {
                // Halls close by the same clock, and their windows take a commit to come here. A hall that has not
                // delivered will: its task works off a
                // backlog, or moves to another process.
                long behindHalls = limit - stage.graceMillis() - Resolution.SECOND.millis();
                windows.values()
                        .forEach(site -> site.closeThrough(
                                lost || site.left() ? behindHalls : Math.min(behindHalls, site.delivered())));
            }
        }
    }

    @Override
    public void drainDirty(PartSink sink) {
        windows.forEach((id, site) -> SiteState.drainDirty(site, (part, bytes) -> sink.part(id + "|" + part, bytes)));
        drainTask(sink);
    }

    @Override
    long registersMilliwattHours() {
        return windows.values().stream()
                .mapToLong(SiteWindows::registersMilliwattHours)
                .sum();
    }

    @Override
    long openMilliwattHours() {
        return windows.values().stream()
                .mapToLong(SiteWindows::openMilliwattHours)
                .sum();
    }

    /** A site's closed windows and hours to their topics. */
    private final class Out implements SiteOutput {
        private final String key;

        Out(String key) {
            this.key = key;
        }

        @Override
        public void site(SiteMetrics metrics, long newestReading) {
            send(
                    Stage.siteSink(metrics.window().resolution()),
                    key,
                    Codecs.SITE_METRICS.write(metrics),
                    metrics.window().end().toEpochMilli(),
                    newest(newestReading));
        }

        @Override
        public void hour(EnergyHour hour) {
            busy(); // what was open is in an hour now, also where the wall clock closed it
            boolean ofSource = hour.subject() instanceof EnergySubject.SourceDelivered
                    || hour.subject() instanceof EnergySubject.SourceDrawn;
            if (ofSource && hour.revision() == 0) {
                counts.window(Resolution.HOUR);
            }
            send(
                    Stage.ENERGY_SINK,
                    key,
                    Codecs.ENERGY_HOUR.write(hour.under(stage.models().version(key))),
                    hour.end().toEpochMilli(),
                    new RecordHeaders());
        }
    }
}
