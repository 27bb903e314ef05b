package io.hallwatt.ingest.simulate;

import static io.hallwatt.ingest.simulate.SimulatedSites.config;
import static io.hallwatt.ingest.simulate.SimulatedSites.run;
import static io.hallwatt.ingest.simulate.SimulatedSites.two;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.Reading;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplySource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedSiteTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 3, 10})
    void its_intervals_are_those_at_which_its_devices_report(double rate) {
        SimulationConfig config = config(Duration.ofMinutes(1)).withRateHz(rate);

        Map<String, Long> intervals = intervals(SimulatedSite.of(two(), config));

        Map<String, Reading> last = new HashMap<>();
        for (Reading reading : run(two(), config)) {
            Reading before = last.put(reading.device(), reading);
            if (before != null) {
                long step = Duration.between(before.at(), reading.at()).toMillis();
                assertThat(step - Objects.requireNonNull(intervals.get(reading.device())))
                        .as("%s from %s to %s", reading.device(), before.at(), reading.at())
                        .isBetween(-1L, 1L);
            }
        }
        assertThat(last).hasSameSizeAs(intervals);
    }

    @Test
    void all_else_is_as_in_the_file() {
        Site site = two(); // a report a second

        assertThat(SimulatedSite.of(site, config(Duration.ofMinutes(1)).withRateHz(1)))
                .isEqualTo(site);
    }

    private static Map<String, Long> intervals(Site site) {
        Map<String, Long> intervals = new HashMap<>();
        for (Hall hall : site.halls()) {
            for (Rack rack : hall.racks()) {
                intervals.put(hall.id() + "/" + rack.id(), rack.reportInterval().toMillis());
            }
            for (CoolingUnit unit : hall.coolingUnits()) {
                intervals.put(hall.id() + "/" + unit.id(), unit.reportInterval().toMillis());
            }
        }
        for (SupplySource source : site.sources()) {
            intervals.put(source.id().text(), source.reportInterval().toMillis());
        }
        return intervals;
    }
}
