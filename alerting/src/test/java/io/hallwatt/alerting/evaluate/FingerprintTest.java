package io.hallwatt.alerting.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void is_the_hash_that_prometheus_shows() {
        assertThat(Fingerprint.of(new TreeMap<>())).isEqualTo("cbf29ce484222325");
    }

    @Test
    void never_changes_for_the_same_labels() {
        Map<String, String> labels =
                Map.of("alertname", "RackFeedOverload", "site", "tetouan", "hall", "h01", "rack", "r017", "feed", "A");

        assertThat(Fingerprint.of(new TreeMap<>(labels))).isEqualTo("b9fae234845e9c56");
    }

    @Test
    void tells_a_label_from_its_neighbour() {
        assertThat(Fingerprint.of(new TreeMap<>(Map.of("a", "bc"))))
                .isNotEqualTo(Fingerprint.of(new TreeMap<>(Map.of("ab", "c"))));
    }
}
