package io.hallwatt.benchmarks.alerts;

import io.hallwatt.benchmarks.load.SiteOfRacks;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Closed seconds of all racks of a site, put where aggregate would put them. */
final class RackSeconds implements AutoCloseable {
    static final double CALM_CELSIUS = 24;
    static final double HOT_CELSIUS = 35;
    private static final double WATTS = 8_000;

    private final Site site;
    private final String topic;
    private final KafkaProducer<String, byte[]> producer;

    RackSeconds(SiteOfRacks size, KafkaSettings kafka) {
        this.site = size.site();
        this.topic = Topic.METRICS_RACK_1S.name(kafka.topicPrefix());
        this.producer = new KafkaProducer<>(
                kafka.client(KafkaSettings.Kind.PRODUCER), new StringSerializer(), new ByteArraySerializer());
    }

    /** The second of every hall that ends then, all racks as hot. */
    void put(Instant end, double inletCelsius) {
        Window window = new Window(end.minusSeconds(1), Resolution.SECOND);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Hall hall : site.halls()) {
            List<RackId> racks = hall.racks().stream().map(Rack::id).toList();
            RackFrame frame = new RackFrame(
                    site.id(),
                    hall.id(),
                    window,
                    0,
                    racks,
                    Map.of(
                            new RackFrame.Column(Metric.RACK_POWER, ""),
                            column(racks.size(), WATTS),
                            new RackFrame.Column(Metric.RACK_INLET, ""),
                            column(racks.size(), inletCelsius),
                            new RackFrame.Column(Metric.RACK_COMPLETENESS, ""),
                            column(racks.size(), 1)));
            sent.add(producer.send(new ProducerRecord<>(
                    topic, null, end.toEpochMilli(), frame.key().toString(), Codecs.RACK_FRAME.write(frame))));
        }
        producer.flush();
        sent.forEach(Future::resultNow);
    }

    private static double[] column(int racks, double value) {
        double[] column = new double[racks];
        Arrays.fill(column, value);
        return column;
    }

    @Override
    public void close() {
        producer.close();
    }
}
