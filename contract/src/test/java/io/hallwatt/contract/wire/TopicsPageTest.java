package io.hallwatt.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.docs.GeneratedFile;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TopicsPageTest {
    @Test
    void docs_reference_topics_is_current() {
        StringBuilder page = new StringBuilder("""
                # Topics

                Generated from `Topic`; do not edit. Names carry the configured prefix, `%s` unless said otherwise. The record timestamp is the event time;
                values are JSON, described in [docs/schemas](../schemas). Topics keyed by site/hall have one partition count, so that one hall is in the same
                partition of each; so have those keyed by site.

                | topic | key | cleanup | kept for |
                |---|---|---|---|
                """.formatted(KafkaSettings.DEFAULT_PREFIX));
        for (Topic topic : Topic.values()) {
            page.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            topic.plainName(),
                            topic.key(),
                            topic.cleanup().name().toLowerCase(Locale.ROOT),
                            topic.retention().map(TopicsPageTest::days).orElse("ever")));
        }

        GeneratedFile.isCurrent("docs/reference/topics.md", page.toString());
    }

    private static String days(Duration duration) {
        return duration.toDays() > 0 ? duration.toDays() + " d" : duration.toHours() + " h";
    }

    @Test
    void names_are_unique_and_such_as_kafka_takes() {
        assertThat(Arrays.stream(Topic.values()).map(Topic::plainName)).doesNotHaveDuplicates();
        assertThat(Topic.values())
                .allSatisfy(topic -> assertThat(topic.name("hallwatt.")).matches("hallwatt\\.[a-z0-9.-]{1,100}"));
    }
}
