package io.hallwatt.aggregate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.wire.Codecs;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SiteModelsTest {
    private static final byte[] BAD = "{\"id\":".getBytes(StandardCharsets.UTF_8);

    private final SiteModels models = new SiteModels();
    private final Records records = new Records();

    @Test
    void a_model_that_cannot_be_read_is_told_once_and_tried_once() {
        records.put("small", BAD);

        List<String> first = told(() -> assertThat(models.read(records)).isEmpty());
        List<String> later = told(() -> {
            records.put("small", BAD.clone());
            assertThat(models.read(records)).isEmpty();
            assertThat(models.read(records)).isEmpty();
        });

        assertThat(first).singleElement().asString().contains("cannot be read");
        assertThat(later).isEmpty();
    }

    @Test
    void the_last_model_that_could_be_read_stays_in_force_until_a_good_one_comes() {
        records.put("small", Codecs.SITE.write(Sites.small()));
        Site good = models.read(records).get("small");
        records.put("small", BAD);

        told(() -> assertThat(models.read(records)).containsEntry("small", good));
        assertThat(told(() -> assertThat(models.read(records).get("small")).isSameAs(good)))
                .isEmpty();

        Site other = Sites.site("small").grid("grid", 1).build();
        records.put("small", Codecs.SITE.write(other));
        assertThat(models.read(records)).containsEntry("small", other);
    }

    /** What was logged meanwhile. */
    private static List<String> told(Runnable meanwhile) {
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(SiteModels.class);
        told.start();
        log.addAppender(told);
        try {
            meanwhile.run();
        } finally {
            log.detachAppender(told);
        }
        return told.list.stream().map(ILoggingEvent::getMessage).toList();
    }

    /** A store of records by site. */
    private static final class Records implements ReadOnlyKeyValueStore<String, byte[]> {
        private final Map<String, byte[]> map = new TreeMap<>();

        void put(String site, byte[] bytes) {
            map.put(site, bytes);
        }

        @Override
        public byte[] get(String site) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KeyValueIterator<String, byte[]> range(String from, String to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long approximateNumEntries() {
            return map.size();
        }

        @Override
        public KeyValueIterator<String, byte[]> all() {
            Iterator<Map.Entry<String, byte[]>> all = map.entrySet().iterator();
            return new KeyValueIterator<>() {
                @Override
                public void close() {}

                @Override
                public String peekNextKey() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public boolean hasNext() {
                    return all.hasNext();
                }

                @Override
                public KeyValue<String, byte[]> next() {
                    Map.Entry<String, byte[]> next = all.next();
                    return KeyValue.pair(next.getKey(), next.getValue());
                }
            };
        }
    }
}
