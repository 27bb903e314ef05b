package io.hallwatt.aggregate.streams;

import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.SiteVersion;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Site models as the global store has them, parsed once for all tasks. */
final class SiteModels {
    private static final Logger log = LoggerFactory.getLogger(SiteModels.class);

    /** A record and the site that is in force since; none where no record could be read yet. */
    private static final class Parsed {
        final byte[] bytes;
        final @Nullable Site site;
        /** Of the record that the site is from. */
        final @Nullable String version;

        Parsed(byte[] bytes, @Nullable Site site, @Nullable String version) {
            this.bytes = bytes;
            this.site = site;
            this.version = version;
        }
    }

    private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

    /** All sites as they stand, by id. The same object as long as a site's record is the same. */
    Map<String, Site> read(ReadOnlyKeyValueStore<String, byte[]> store) {
        Map<String, Site> sites = new TreeMap<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> record = all.next();
                Parsed known = parsed.get(record.key);
                if (known == null || !Arrays.equals(known.bytes, record.value)) {
                    known = parse(record, known);
                }
                if (known.site != null) {
                    sites.put(record.key, known.site);
                }
            }
        }
        return sites;
    }

    /** Version of the site's model that is in force, or was last; null where there never was one. */
    @Nullable
    String version(String site) {
        Parsed known = parsed.get(site);
        return known == null ? null : known.version;
    }

    /** A model that cannot be read leaves the last one that could be in force, and is told once. */
    private Parsed parse(KeyValue<String, byte[]> record, @Nullable Parsed before) {
        Parsed now;
        try {
            now = new Parsed(record.value, Codecs.SITE.read(record.value), SiteVersion.of(record.value));
        } catch (Malformed e) {
            log.atError()
                    .addKeyValue("site", record.key)
                    .addKeyValue("reason", e.reason())
                    .log("A site model that cannot be read: the last one stays in force");
            now = before == null
                    ? new Parsed(record.value, null, null)
                    : new Parsed(record.value, before.site, before.version);
        }
        parsed.put(record.key, now);
        return now;
    }
}
