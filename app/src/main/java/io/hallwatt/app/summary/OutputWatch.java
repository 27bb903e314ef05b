package io.hallwatt.app.summary;

import io.hallwatt.app.summary.OutputTally.Arrival;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Headers;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.Topic;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the output topics as any outsider would, committed records only, and tallies them. The journal of hours and the alerts are read from their beginning;
 * of the rest, and of what is counted, only what comes after the watch began.
 */
public final class OutputWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutputWatch.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Set<Topic> FROM_BEGINNING = Set.of(Topic.ENERGY_HOUR, Topic.ALERTS);
    private static final List<Topic> WATCHED = List.of(
            Topic.METRICS_HALL_1S,
            Topic.METRICS_HALL_1M,
            Topic.METRICS_HALL_15M,
            Topic.METRICS_SITE_1S,
            Topic.ENERGY_HOUR,
            Topic.ALERTS);

    private final OutputTally tally = new OutputTally();
    private final InstantSource clock;
    private final boolean live;
    private final Map<String, Topic> topics = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> began;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean atEnd;

    /**
     * Begins: what is committed from now on is of this run.
     *
     * @param live whether readings carry the present time, so that latencies mean something
     */
    public OutputWatch(KafkaSettings kafka, InstantSource clock, boolean live) {
        this.clock = clock;
        this.live = live;
        WATCHED.forEach(topic -> topics.put(topic.name(kafka.topicPrefix()), topic));
        Map<String, Object> properties = kafka.client(KafkaSettings.Kind.CONSUMER);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        topics.keySet()
                .forEach(topic -> consumer.partitionsFor(topic)
                        .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition()))));
        consumer.assign(partitions);
        began = consumer.endOffsets(partitions);
        partitions.forEach(partition -> {
            if (FROM_BEGINNING.contains(topic(partition.topic()))) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, began.getOrDefault(partition, 0L));
            }
        });
        thread = Thread.ofPlatform().name("hallwatt-output-watch").start(this::run);
    }

    /** Whether everything is read that was committed when this was last looked at, some tenths of a second ago. */
    public boolean atEnd() {
        return atEnd;
    }

    public Glimpse glimpse() {
        return tally.glimpse(clock.instant());
    }

    public Map<String, Long> windows() {
        return tally.windows();
    }

    public List<Summary.Alert> alerts() {
        return tally.alerts();
    }

    public Summary.Latencies latencies() {
        return tally.latencies();
    }

    /** Measured from the start of this JVM: the process is as old as the launcher, which may have built everything before it became Java. */
    public Summary.Startup startup() {
        Instant started =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return new Summary.Startup(tally.firstHallMetricAt()
                .map(first -> Duration.between(started, first).toMillis())
                .orElse(null));
    }

    /** Of the last revisions of all hours. */
    public long hourlyMilliwattHours() {
        return tally.hourlyMilliwattHours();
    }

    public long estimatedMilliwattHours() {
        return tally.estimatedMilliwattHours();
    }

    public Summary.Renewable renewable(Site site) {
        return tally.renewable(site);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (!stopping) {
                consumer.poll(POLL).forEach(this::take);
                atEnd = readAll();
            }
        }
    }

    /** End offsets of a read-committed reader stop before open transactions. */
    private boolean readAll() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Arrival arrival = new Arrival(
                record.offset() >= began.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L),
                clock.instant(),
                live ? newestReading(record) : OptionalLong.empty());
        try {
            switch (topic(record.topic())) {
                case METRICS_HALL_1S, METRICS_HALL_1M, METRICS_HALL_15M ->
                    tally.hall(Codecs.HALL_METRICS.read(record.value()), arrival);
                case METRICS_SITE_1S -> tally.site(Codecs.SITE_METRICS.read(record.value()));
                case ENERGY_HOUR -> tally.energy(Codecs.ENERGY_HOUR.read(record.value()), arrival);
                case ALERTS -> tally.alert(Codecs.ALERT_TRANSITION.read(record.value()), arrival);
                default -> throw new IllegalStateException(record.topic());
            }
        } catch (Malformed e) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.reason())
                    .log("A record of ours cannot be read: left out of the summary");
        }
    }

    private Topic topic(String name) {
        Topic topic = topics.get(name);
        if (topic == null) {
            throw new IllegalStateException("not watched: " + name);
        }
        return topic;
    }

    private static OptionalLong newestReading(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Headers.NEWEST_READING);
        return header == null
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII)));
    }
}
