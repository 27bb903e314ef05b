package io.hallwatt.benchmarks.peers;

import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.contract.HallKey;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The hall metrics that aggregate has of racks, for seconds and minutes, as a good engineer writes them first with Kafka Streams: power of the hall, its feeds and phases over
 * the time for which it is known, repeated reports once, silent racks, percentiles of intakes, worst racks, headrooms. Jackson, state in memory with a changelog, exactly
 * once; commit interval, threads, producer and grace are aggregate's own.
 *
 * <p>Seconds are kept by rack in a window store behind {@code processValues}, as repeats are commonly dropped with the DSL. Pure DSL would need the key changed to the
 * rack's and back, with a topic of all reports and one of all racks' seconds in between, and would read and write a hall's growing second once for every rack: this is the way
 * that costs less. Minutes are a windowed aggregate of closed seconds, by the hall's key, so nothing is repartitioned.
 *
 * <p>It does less than aggregate: no frames of racks, no cooling, no energy, no site, no quarters or hours; late reports are dropped uncounted; event time alone closes
 * windows, so a hall that falls silent keeps its last ones open; the site model is the one at its start; a rack that says nothing for a whole minute is silent in it, however
 * seldom it reports; a rack that was never heard is silent from the start; reasons for unknown values are not told. It does more in nothing but this: seconds in which nobody
 * speaks but power still holds are written too, which aggregate does in live time only.
 */
final class SameMetricsStreams implements AutoCloseable {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final KafkaStreams streams;

    /** @param application its group; threads are named after it */
    SameMetricsStreams(String application, AggregateConfig config, KafkaSettings kafka, Site site, String output) {
        streams = new KafkaStreams(
                topology(config.grace(), Topic.READINGS_RACK.name(kafka.topicPrefix()), site, output),
                PlainStreams.properties(application, config, kafka));
        streams.start();
    }

    /** A closed second and what it says. */
    private record Second(HallSecondRacks closed, HallFigures figures) {}

    private static Topology topology(Duration grace, String input, Site site, String output) {
        Map<String, Hall> halls = new HashMap<>();
        site.halls().forEach(hall -> halls.put(new HallKey(site.id(), hall.id()).toString(), hall));
        Serde<HallFigures> figures = JsonSerde.of(HallFigures.class);
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Second> seconds = builder.stream(
                        input, Consumed.with(Serdes.String(), JsonSerde.of(FullReport.class)))
                .filter((key, report) ->
                        key != null && halls.containsKey(key)) // marks of the end of an input have no key
                .processValues(HallSeconds.supplier(halls, grace))
                .mapValues((key, closed) -> new Second(closed, HallFigures.second(hall(halls, key), closed.shown())));
        seconds.mapValues(Second::figures).to(output, Produced.with(Serdes.String(), figures));
        seconds.groupByKey(Grouped.as("by-hall"))
                .windowedBy(TimeWindows.ofSizeAndGrace(MINUTE, grace))
                .emitStrategy(EmitStrategy.onWindowClose())
                .aggregate(
                        HallMinute::new,
                        (key, second, minute) -> minute.add(second.closed().racks(), second.figures().itWatts),
                        Materialized.<String, HallMinute, WindowStore<Bytes, byte[]>>as("hall-minutes")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(JsonSerde.of(HallMinute.class))
                                .withStoreType(new BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers()))
                .toStream((window, minute) -> window.key())
                .mapValues((key, minute) -> HallFigures.minute(hall(halls, key), minute))
                .to(output, Produced.with(Serdes.String(), figures));
        return builder.build();
    }

    private static Hall hall(Map<String, Hall> halls, String key) {
        Hall hall = halls.get(key);
        if (hall == null) {
            throw new IllegalStateException("hall %s is not in the site model".formatted(key));
        }
        return hall;
    }

    @Override
    public void close() {
        streams.close(CLOSING);
    }
}
