package io.hallwatt.aggregate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final String CONSUMER = "aggregate-StreamThread-1-consumer";

    private final Map<MetricName, Metric> figures = new HashMap<>();

    @Test
    void a_partition_without_a_figure_is_not_taken_for_read() {
        assigned(CONSUMER, 2);
        lag(CONSUMER, "readings.rack", 0, 0);

        assertThat(backlog().caughtUp(0, "readings.rack", "readings.cooling")).isFalse();
        assertThat(backlog().caughtUp()).isFalse();

        lag(CONSUMER, "readings.cooling", 0, 0);

        assertThat(backlog().caughtUp(0, "readings.rack", "readings.cooling")).isTrue();
        assertThat(backlog().caughtUp()).isTrue();
    }

    @Test
    void a_figure_that_is_no_number_is_none() {
        assigned(CONSUMER, 1);
        lag(CONSUMER, "readings.rack", 0, Double.NaN);

        assertThat(backlog().caughtUp(0, "readings.rack")).isFalse();
        assertThat(backlog().caughtUp()).isFalse();
        assertThat(backlog().records()).isZero();
    }

    @Test
    void before_any_consumer_has_a_partition_nothing_is_taken_for_read() {
        assertThat(backlog().caughtUp()).isFalse();
        assertThat(backlog().caughtUp(0, "readings.rack")).isFalse();
    }

    @Test
    void records_not_read_yet_are_counted_and_hold_up_their_partition() {
        assigned(CONSUMER, 2);
        lag(CONSUMER, "readings_rack", 0, 7);
        lag(CONSUMER, "readings_rack", 1, 0);
        lag("aggregate-StreamThread-1-restore-consumer", "halls-changelog", 1, 9);
        lag("aggregate-global-consumer", "site", 0, 9);

        assertThat(backlog().records()).isEqualTo(7);
        assertThat(backlog().caughtUp(0, "readings.rack")).isFalse();
        assertThat(backlog().caughtUp(1, "readings.rack")).isTrue();
        assertThat(backlog().caughtUp()).isFalse();
        assertThat(backlog().records(0, "readings.rack")).isEqualTo(7);
        assertThat(backlog().records(1, "readings.rack")).isZero();
        assertThat(backlog().records(2, "readings.rack")).as("not known yet").isZero();
    }

    @Test
    void a_backlog_is_worked_off_as_long_as_any_task_says_so() {
        Backlog backlog = backlog();
        backlog.workingOff("1_0", true);
        backlog.workingOff("1_1", true);
        backlog.workingOff("1_0", false);
        assertThat(backlog.isWorkedOff()).isTrue();
        backlog.workingOff("1_1", false);
        assertThat(backlog.isWorkedOff()).isFalse();
    }

    @Test
    void one_consumers_figures_do_not_stand_for_anothers() {
        assigned("StreamThread-1-consumer", 1);
        lag("StreamThread-1-consumer", "readings.rack", 0, 0);
        lag("StreamThread-1-consumer", "readings.rack", 1, 0); // just taken away from it
        assigned("StreamThread-2-consumer", 1);

        assertThat(backlog().caughtUp()).isFalse();
    }

    @Test
    void what_the_broker_says_is_not_committed_is_not_read_though_the_consumer_knows_of_nothing() {
        assigned(CONSUMER, 2);
        lag(CONSUMER, "readings.rack", 0, 0);
        lag(CONSUMER, "readings.rack", 1, 0);
        Backlog backlog = backlog();
        backlog.askToo("readings_rack 1"::equals);

        assertThat(backlog.caughtUp(0, "readings.rack")).isTrue();
        assertThat(backlog.caughtUp(1, "readings.rack")).isFalse();
        assertThat(backlog.caughtUp()).isFalse();
        assertThat(backlog.records()).isZero();
    }

    private Backlog backlog() {
        Backlog backlog = new Backlog();
        backlog.watch(() -> figures);
        return backlog;
    }

    private void assigned(String client, double partitions) {
        figure(
                new MetricName("assigned-partitions", "consumer-coordinator-metrics", "", Map.of("client-id", client)),
                partitions);
    }

    private void lag(String client, String topic, int partition, double records) {
        Map<String, String> tags =
                Map.of("client-id", client, "topic", topic, "partition", Integer.toString(partition));
        figure(new MetricName("records-lag", "consumer-fetch-manager-metrics", "", tags), records);
    }

    private void figure(MetricName name, double value) {
        figures.put(name, new Metric() {
            @Override
            public MetricName metricName() {
                return name;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
