package io.hallwatt.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.hall.HallOutput;
import io.hallwatt.aggregate.hall.HallSettings;
import io.hallwatt.aggregate.hall.HallWindows;
import io.hallwatt.aggregate.rack.CodecRackDecoder;
import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.benchmarks.load.GeneratedSource;
import io.hallwatt.benchmarks.load.SiteOfRacks;
import io.hallwatt.benchmarks.peers.RackSecond.Sample;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.ingest.Batch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.serialization.Serde;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The peer computes what aggregate computes: both get the same reports, some twice, and a rack falls silent. */
class SameMetricsTest {
    private static final long START = Instant.parse("2026-01-15T12:00:00Z").toEpochMilli();
    private static final int SECONDS = 75;
    /** Aggregate counts in thousandths, each rack rounded. */
    private static final Offset<Double> ROUNDING = Offset.offset(0.1);

    private final Site site = new SiteOfRacks(100, 1).site();
    private final Hall hall = site.halls().getFirst();
    private final Map<String, Rack> racks = new HashMap<>();
    private final Serde<FullReport> reports = JsonSerde.of(FullReport.class);
    private final Serde<RackSecond> seconds = JsonSerde.of(RackSecond.class);
    private final Serde<HallMinute> minutes = JsonSerde.of(HallMinute.class);

    @Test
    void seconds_and_a_minute_say_what_aggregate_says() throws Exception {
        hall.racks().forEach(rack -> racks.put(rack.id().text(), rack));
        List<RackReading> readings = readings();
        TreeMap<Long, HallMetrics> aggregateSeconds = new TreeMap<>();
        TreeMap<Long, HallMetrics> aggregateMinutes = new TreeMap<>();
        aggregate(readings, aggregateSeconds, aggregateMinutes);
        TreeMap<Long, HallSecondRacks> peerSeconds = new TreeMap<>();
        HallMinute peerMinute = peer(readings, peerSeconds);

        assertThat(peerSeconds).hasSize(SECONDS);
        assertThat(aggregateSeconds.keySet()).isEqualTo(peerSeconds.keySet());
        assertThat(peerSeconds.values().stream()
                        .flatMap(closed -> closed.racks().values().stream())
                        .mapToLong(rack -> rack.readings)
                        .sum())
                .as("a repeated report counts once")
                .isEqualTo(readings.stream().distinct().count())
                .isLessThan(readings.size());
        peerSeconds.forEach((start, closed) -> same(
                Objects.requireNonNull(aggregateSeconds.get(start)),
                HallFigures.second(hall, closed.shown()),
                closed.shown()));
        assertThat(peerSeconds.values())
                .as("the silent rack is held and then is not")
                .extracting(closed -> HallFigures.second(hall, closed.shown()).racksSilent)
                .contains(0, 1);
        same(
                Objects.requireNonNull(aggregateMinutes.get(START)),
                HallFigures.minute(hall, peerMinute),
                peerMinute.racks);
    }

    private List<RackReading> readings() throws InterruptedException {
        int devices = hall.racks().size()
                + hall.coolingUnits().size()
                + site.sources().size();
        GeneratedSource source = new GeneratedSource(
                site,
                new GeneratedSource.Timing.Past(1, (long) devices * SECONDS),
                InstantSource.fixed(Instant.ofEpochMilli(START + SECONDS * 1000L)));
        String silent = hall.racks().get(7).id().text();
        List<RackReading> readings = new ArrayList<>();
        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            for (Batch.Item item : batch.items()) {
                if (item instanceof Batch.Read read
                        && read.reading() instanceof RackReading rack
                        && !(rack.rack().text().equals(silent) && rack.at().toEpochMilli() >= START + 40_000)) {
                    readings.add(rack);
                    if (rack.sequence() % 5 == 0) {
                        readings.add(rack);
                    }
                }
            }
        }
        return readings;
    }

    private void aggregate(List<RackReading> readings, Map<Long, HallMetrics> bySecond, Map<Long, HallMetrics> byMinute)
            throws Exception {
        HallOutput out = new HallOutput() {
            @Override
            public void racks(RackFrame frame, long newestReading) {}

            @Override
            public void hall(HallMetrics metrics, long newestReading) {
                long start = metrics.window().start().toEpochMilli();
                if (metrics.window().resolution() == Resolution.SECOND) {
                    bySecond.put(start, metrics);
                } else if (metrics.window().resolution() == Resolution.MINUTE) {
                    byMinute.put(start, metrics);
                }
            }

            @Override
            public void hour(EnergyHour hour) {}
        };
        HallWindows windows = new HallWindows(
                site.id(),
                hall,
                new HallSettings(2_000, 2_000, 3_600_000, false, "readings.rack", "readings.cooling"),
                out);
        windows.apply(hall);
        CodecRackDecoder decoder = new CodecRackDecoder();
        long offset = 0;
        for (RackReading reading : readings) {
            RackReport report = new RackReport();
            decoder.decode(Codecs.RACK_READING.write(reading), report);
            windows.rack(report, 0, offset++);
        }
        windows.end();
    }

    /** As the stores do it: each second and the minute through Jackson for every report. */
    private HallMinute peer(List<RackReading> readings, Map<Long, HallSecondRacks> bySecond) {
        TreeMap<Long, Map<String, RackSecond>> open = new TreeMap<>();
        for (RackReading reading : readings) {
            FullReport report = through(reports, Codecs.RACK_READING.write(reading));
            long at = reading.at().toEpochMilli();
            Map<String, RackSecond> second = open.computeIfAbsent(at - at % 1000, start -> new HashMap<>());
            RackSecond rack = second.getOrDefault(report.rack, new RackSecond());
            rack.add(at, report, Objects.requireNonNull(racks.get(report.rack)));
            second.put(report.rack, through(seconds, bytes(seconds, rack)));
        }
        Map<String, Sample> last = new HashMap<>();
        HallMinute minute = new HallMinute();
        for (Map.Entry<Long, Map<String, RackSecond>> second : open.entrySet()) {
            long start = second.getKey();
            HallSecondRacks closed = HallSecondRacks.close(
                    hall,
                    start,
                    second.getValue(),
                    last,
                    (rack, at) ->
                            Objects.requireNonNull(open.get(at - at % 1000)).get(rack));
            HallFigures figures = HallFigures.second(hall, closed.shown());
            bySecond.put(start, closed);
            if (start < START + 60_000) {
                minute = through(minutes, bytes(minutes, minute.add(closed.racks(), figures.itWatts)));
            }
        }
        return minute;
    }

    private static <T> byte[] bytes(Serde<T> serde, T value) {
        return serde.serializer().serialize("topic", value);
    }

    private static <T> T through(Serde<T> serde, byte[] bytes) {
        return serde.deserializer().deserialize("topic", bytes);
    }

    private void same(HallMetrics metrics, HallFigures figures, Map<String, RackTotals> byRack) {
        assertThat(figures.completeness).isCloseTo(metrics.completeness(), Offset.offset(1e-9));
        value(metrics, Metric.HALL_IT_POWER, "", figures.itWatts);
        value(metrics, Metric.HALL_IT_POWER_MIN, "", figures.itWattsMin);
        value(metrics, Metric.HALL_IT_POWER_MAX, "", figures.itWattsMax);
        value(metrics, Metric.HALL_RACKS_EXPECTED, "", figures.racksExpected);
        value(metrics, Metric.HALL_RACKS_REPORTING, "", figures.racksReporting);
        value(metrics, Metric.HALL_RACKS_SILENT, "", figures.racksSilent);
        String[] feeds = {"A", "B"};
        for (int f = 0; f < 2; f++) {
            int feed = f;
            value(metrics, Metric.HALL_FEED_POWER, feeds[feed], figures.feedWatts[feed]);
            for (int phase = 0; phase < 3; phase++) {
                String key = feeds[feed] + "/L" + (phase + 1);
                value(metrics, Metric.HALL_PHASE_POWER, key, figures.phaseWatts[3 * feed + phase]);
            }
            value(metrics, Metric.HALL_PHASE_IMBALANCE, feeds[feed], figures.phaseImbalance[feed]);
            worst(
                    metrics,
                    Metric.HALL_FEED_LOAD_MAX,
                    feeds[feed],
                    figures.feedLoadMax[feed],
                    r -> of(r, byRack).feedLoad(feed(r, feed), feed));
            worst(
                    metrics,
                    Metric.HALL_BREAKER_HEADROOM,
                    feeds[feed],
                    figures.breakerHeadroom[feed],
                    r -> of(r, byRack).breakerHeadroom(feed(r, feed), feed));
        }
        worst(
                metrics,
                Metric.HALL_FEED_LOSS_LOAD_MAX,
                "",
                figures.feedLossLoadMax,
                r -> of(r, byRack).feedLossLoad(rack(r)));
        value(metrics, Metric.HALL_FEED_LOSS_RISK, "", figures.feedLossRiskRacks);
        value(metrics, Metric.HALL_INLET_MEAN, "", figures.inletMean);
        value(metrics, Metric.HALL_INLET_P95, "", figures.inletP95);
        worst(
                metrics,
                Metric.HALL_INLET_MAX,
                "",
                figures.inletMax,
                r -> of(r, byRack).inletMax());
        worst(
                metrics,
                Metric.HALL_INLET_MIN,
                "",
                figures.inletMin,
                r -> of(r, byRack).inletMin());
        value(metrics, Metric.HALL_INLET_RECOMMENDED_EXCESS, "", figures.inletAboveRecommended);
        value(metrics, Metric.HALL_INLET_ALLOWABLE_EXCESS, "", figures.inletAboveAllowable);
        value(metrics, Metric.HALL_RCI_HIGH, "", figures.rciHigh);
        value(metrics, Metric.HALL_RCI_LOW, "", figures.rciLow);
        value(metrics, Metric.HALL_RACK_HEADROOM, "", figures.rackHeadroomWatts);
        value(metrics, Metric.HALL_POWER_HEADROOM, "", figures.powerHeadroomWatts);
    }

    private static void value(HallMetrics metrics, Metric metric, String key, double value) {
        assertThat(metrics.quantities().value(metric, key).orElse(Double.NaN))
                .as("%s %s at %s", metric, key, metrics.window())
                .isCloseTo(value, metric.unit() == Metric.HALL_IT_POWER.unit() ? ROUNDING : Offset.offset(1e-4));
    }

    private static String where(Quantity quantity) {
        return Objects.requireNonNull(
                switch (quantity) {
                    case Quantity.Measured measured -> measured.where();
                    case Quantity.Estimated estimated -> estimated.where();
                    case Quantity.Unknown unknown -> null;
                });
    }

    /** Of racks that are equally bad, roundings may make either the worst: the one that aggregate names is as bad as the peer's. */
    private static void worst(
            HallMetrics metrics, Metric metric, String key, HallFigures.Worst worst, ToDoubleFunction<String> byRack) {
        value(metrics, metric, key, worst.value);
        assertThat(metrics.quantities().get(metric, key))
                .as("%s %s at %s", metric, key, metrics.window())
                .satisfies(quantity ->
                        assertThat(byRack.applyAsDouble(where(quantity))).isCloseTo(worst.value, Offset.offset(1e-9)));
        assertThat(byRack.applyAsDouble(worst.rack)).isEqualTo(worst.value);
    }

    private static RackTotals of(String rack, Map<String, RackTotals> byRack) {
        return Objects.requireNonNull(byRack.get(rack));
    }

    private Rack rack(String id) {
        return Objects.requireNonNull(racks.get(id));
    }

    private @Nullable Feed feed(String rack, int feed) {
        return feed == 0 ? rack(rack).feedA() : rack(rack).feedB();
    }
}
