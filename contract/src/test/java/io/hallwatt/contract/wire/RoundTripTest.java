package io.hallwatt.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.property.Any;
import io.hallwatt.contract.property.Seeds;
import io.hallwatt.contract.site.AnySite;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;

/** {@code read(write(x)) = x}, and unknown fields change nothing. */
class RoundTripTest {
    @ParameterizedTest
    @Seeds(300)
    void a_rack_reading_comes_back(Random seeded) throws Malformed {
        comesBack(Codecs.RACK_READING, Any.rackReading(seeded));
    }

    @ParameterizedTest
    @Seeds(200)
    void a_cooling_reading_comes_back(Random seeded) throws Malformed {
        comesBack(Codecs.COOLING_READING, Any.coolingReading(seeded));
    }

    @ParameterizedTest
    @Seeds(200)
    void a_supply_reading_comes_back(Random seeded) throws Malformed {
        comesBack(Codecs.SUPPLY_READING, Any.supplyReading(seeded));
    }

    @ParameterizedTest
    @Seeds(200)
    void hall_metrics_come_back(Random seeded) throws Malformed {
        comesBack(Codecs.HALL_METRICS, Any.hallMetrics(seeded));
    }

    @ParameterizedTest
    @Seeds(200)
    void site_metrics_come_back(Random seeded) throws Malformed {
        comesBack(Codecs.SITE_METRICS, Any.siteMetrics(seeded));
    }

    @ParameterizedTest
    @Seeds(200)
    void a_rack_frame_comes_back(Random seeded) throws Malformed {
        comesBack(Codecs.RACK_FRAME, Any.rackFrame(seeded));
    }

    @ParameterizedTest
    @Seeds(200)
    void an_energy_hour_comes_back(Random seeded) throws Malformed {
        comesBack(Codecs.ENERGY_HOUR, Any.energyHour(seeded));
    }

    @ParameterizedTest
    @Seeds(200)
    void an_alert_transition_comes_back(Random seeded) throws Malformed {
        comesBack(Codecs.ALERT_TRANSITION, Any.alertTransition(seeded));
    }

    @ParameterizedTest
    @Seeds(100)
    void a_site_comes_back(Random seeded) throws Malformed {
        comesBack(Codecs.SITE, AnySite.site(seeded));
    }

    private static <T> void comesBack(Codec<T> codec, T record) throws Malformed {
        byte[] bytes = codec.write(record);

        assertThat(codec.read(bytes)).isEqualTo(record);
        assertThat(codec.read(withUnknownFields(bytes))).isEqualTo(record);
    }

    /** Two fields from a newer writer, first in the object. */
    private static byte[] withUnknownFields(byte[] bytes) {
        String json = new String(bytes, StandardCharsets.UTF_8);
        String added = "{\"newer\":[{\"a\":1.5},null],\"newerStill\":\"x\"" + (json.equals("{}") ? "" : ",");
        return (added + json.substring(1)).getBytes(StandardCharsets.UTF_8);
    }
}
