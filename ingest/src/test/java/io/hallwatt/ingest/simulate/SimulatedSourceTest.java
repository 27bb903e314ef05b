package io.hallwatt.ingest.simulate;

import static io.hallwatt.ingest.simulate.SimulatedSites.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.Reading;
import io.hallwatt.ingest.Batch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedSourceTest {
    /** A clock that runs on a little whenever it is read. */
    private static final class Ticking implements InstantSource {
        private Instant now = START;

        @Override
        public Instant instant() {
            now = now.plusMillis(50);
            return now;
        }
    }

    @Test
    void every_pace_gives_the_same_readings() throws InterruptedException {
        List<Reading> fast = all(Pace.AS_FAST_AS_POSSIBLE, new Ticking());

        assertThat(fast)
                .isEqualTo(SimulatedSites.run(SimulatedSites.two(), SimulatedSites.config(Duration.ofSeconds(3))));
        assertThat(all(Pace.REAL_TIME, new Ticking())).isEqualTo(fast);
        assertThat(all(new Pace.Accelerated(20), new Ticking())).isEqualTo(fast);
    }

    @Test
    void in_real_time_nothing_is_told_before_it_happens() throws InterruptedException {
        Ticking clock = new Ticking();
        SimulatedSource source = source(Pace.REAL_TIME, clock);

        int told = 0;
        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            for (Batch.Item item : batch.items()) {
                assertThat(item)
                        .isInstanceOfSatisfying(
                                Batch.Read.class,
                                read -> assertThat(read.reading().at()).isBeforeOrEqualTo(clock.now));
                told++;
            }
        }

        assertThat(told).isEqualTo(34 * 3);
        assertThat(source.finite()).isTrue();
    }

    @Test
    void what_is_faster_than_time_keeps_its_devices_abreast() {
        assertThat(source(Pace.REAL_TIME, new Ticking()).mostUnderWay()).isEqualTo(Integer.MAX_VALUE);
        assertThat(source(Pace.AS_FAST_AS_POSSIBLE, new Ticking()).mostUnderWay())
                .isLessThan(8_400 - 4_000);
        assertThat(source(new Pace.Accelerated(60), new Ticking()).mostUnderWay())
                .isLessThan(8_400 - 4_000);
    }

    private static List<Reading> all(Pace pace, InstantSource clock) throws InterruptedException {
        SimulatedSource source = source(pace, clock);
        List<Reading> readings = new ArrayList<>();
        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            for (Batch.Item item : batch.items()) {
                if (item instanceof Batch.Read read) {
                    readings.add(read.reading());
                }
            }
        }
        return readings;
    }

    private static SimulatedSource source(Pace pace, InstantSource clock) {
        SimulationConfig config = SimulatedSites.config(Duration.ofSeconds(3));
        return new SimulatedSource(Simulation.begin(SimulatedSites.two(), config, START), pace, clock);
    }
}
