package io.hallwatt.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.config.Faults;
import io.hallwatt.ingest.publish.RetentionCheck.TopicTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionCheckTest {
    private static final Instant NOW = Instant.parse("2026-06-21T12:00:00Z");
    private static final long WEEK = Duration.ofDays(7).toMillis();

    private static List<String> faults(TopicTimes times, Duration age) {
        Faults faults = new Faults("kafka");
        RetentionCheck.check("hallwatt.readings.rack", times, NOW.minus(age), NOW, faults);
        return faults.list();
    }

    @Test
    void readings_older_than_the_retention_are_refused_with_a_remedy() {
        assertThat(faults(new TopicTimes(true, WEEK, Long.MAX_VALUE, false), Duration.ofDays(7)))
                .containsExactly(
                        "kafka: topic hallwatt.readings.rack keeps 1w (retention.ms=604800000), but the first reading is of 2026-06-14T12:00:00Z, 1w ago: Kafka would delete it unseen. Set retention.ms=-1 on it (bound it by retention.bytes), or use topics of another prefix");
    }

    @Test
    void younger_readings_and_topics_that_keep_for_ever_or_compact_pass() {
        Duration old = Duration.ofDays(700);

        assertThat(faults(new TopicTimes(true, WEEK, Long.MAX_VALUE, false), Duration.ofDays(6)))
                .isEmpty();
        assertThat(faults(new TopicTimes(true, -1, Long.MAX_VALUE, false), old)).isEmpty();
        assertThat(faults(new TopicTimes(false, WEEK, Long.MAX_VALUE, false), old))
                .isEmpty();
    }

    @Test
    void topics_that_refuse_or_replace_old_times_are_told() {
        assertThat(faults(new TopicTimes(true, -1, 3_600_000, true), Duration.ofDays(1)))
                .satisfiesExactly(
                        fault -> assertThat(fault).contains("message.timestamp.before.max.ms=3600000"),
                        fault -> assertThat(fault).contains("LogAppendTime"));
    }
}
